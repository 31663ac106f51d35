import { csvLoader } from "./csv.ts";
import type { RecordOptions } from "./loader.ts";

const load = (text: string, options: RecordOptions = {}, name = "a.csv") =>
  csvLoader.load({ name, bytes: new TextEncoder().encode(text) }, options);

it("makes each row a document, with numbers and booleans where a whole column has them", () => {
  const csv = 'id,content,price,stock,part\nP1,"Pump, 40 W",19.90,true,00123\nP2,"Say ""hi""\nthere",7,false,77\n';
  expect(load(csv)).toEqual([
    { key: "P1", text: "Pump, 40 W", metadata: { id: "P1", price: 19.9, stock: true, part: "00123", row: 1 } },
    { key: "P2", text: 'Say "hi"\nthere', metadata: { id: "P2", price: 7, stock: false, part: "77", row: 2 } },
  ]);
});

it("finds the delimiter in the header", () => {
  expect(load("text;price\nPump, large;5\n")).toMatchObject([{ text: "Pump, large", metadata: { price: 5 } }]);
  expect(load("text\tn\na b\t1\n", {}, "a.tsv")).toMatchObject([{ text: "a b" }]);
});

it("writes out the whole row when no column is the text", () => {
  expect(load("sku,name,price\nDP-40,Drain pump,19.90\n")).toEqual([
    {
      key: "1",
      title: "Drain pump",
      text: "sku: DP-40\nname: Drain pump\nprice: 19.9",
      metadata: { sku: "DP-40", name: "Drain pump", price: 19.9, row: 1 },
    },
  ]);
});

it("says what is wrong with a row of another length", () => {
  expect(() => load("a,b\n1,2\n1,2,3\n")).toThrow(/^not CSV: Invalid Record Length.*line 3/);
});
