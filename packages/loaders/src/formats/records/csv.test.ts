import { load } from "../../load.ts";
import type { LoadOptions } from "../../options.ts";

const loadCsv = async (text: string, options: LoadOptions = {}) => {
  const { documents, report } = await load(Buffer.from(text), { name: "a.csv", ...options });
  return {
    report,
    rows: documents.map(({ id, text: own, title, metadata = {} }) => {
      const { source: _s, type: _t, contentHash: _c, parts: _p, ...rest } = metadata;
      return { id, text: own, metadata: rest, ...(title === undefined ? {} : { title }) };
    }),
  };
};

it("makes each row a document, with numbers and booleans where a whole column has them", async () => {
  const csv = 'id,content,price,stock,part\nP1,"Pump, 40 W",19.90,true,00123\nP2,"Say ""hi""\nthere",7,false,77\n';
  const { rows, report } = await loadCsv(csv);
  expect(rows).toEqual([
    {
      id: "a.csv:P1",
      text: "Pump, 40 W\nid: P1\nprice: 19.90\nstock: true\npart: 00123",
      metadata: { id: "P1", price: 19.9, stock: true, part: "00123", row: 1, place: "a.csv:1" },
    },
    {
      id: "a.csv:P2",
      text: 'Say "hi"\nthere\nid: P2\nprice: 7\nstock: false\npart: 77',
      metadata: { id: "P2", price: 7, stock: false, part: "77", row: 2, place: "a.csv:2" },
    },
  ]);
  expect(report).toMatchObject({ charsLeftOut: 0, leftOut: [] });
});

it("writes out the whole row when no column is the text, part numbers and names included", async () => {
  const { rows } = await loadCsv("sku,name,description,price\nBX-7,Door seal,Keeps the heat in,24.50\n");
  expect(rows[0]?.text).toBe("Keeps the heat in\nsku: BX-7\nname: Door seal\nprice: 24.50");
  expect(rows[0]).toMatchObject({ title: "Door seal", metadata: { sku: "BX-7", price: 24.5 } });
  expect((await loadCsv("sku,name\nBX-7,Door seal\n")).rows[0]?.text).toBe("sku: BX-7\nname: Door seal");
});

it("does not mind the case or the language of column names", async () => {
  const { rows } = await loadCsv("ID;Titel;Text\nB-1;Backofen;Heizt auf 250 Grad\n");
  expect(rows).toMatchObject([
    {
      id: "a.csv:B-1",
      text: "Heizt auf 250 Grad\nID: B-1\nTitel: Backofen",
      title: "Backofen",
      metadata: { place: "a.csv:1" },
    },
  ]);
  const german = await loadCsv(
    "Artikelnummer;Bezeichnung;Beschreibung\nQ-12;Dichtung;Hält das Wasser in der Trommel\n",
  );
  expect(german.rows[0]?.text).toBe("Hält das Wasser in der Trommel\nArtikelnummer: Q-12\nBezeichnung: Dichtung");
});

it.each([
  ["semicolons", "text;price\nPump, large;5\n"],
  ["tabs", "text\tprice\nPump, large\t5\n"],
  ["bars", "text|price\nPump, large|5\n"],
  ["carets", "text^price\nPump, large^5\n"],
  ["what Excel names", "sep=;\ntext;price\nPump, large;5\n"],
])("finds out that cells are cut by %s", async (_, csv) => {
  expect((await loadCsv(csv)).rows).toMatchObject([
    { id: "a.csv:1", metadata: { price: 5 }, text: expect.stringContaining("Pump, large") },
  ]);
});

it("names a row with a cell too many and keeps the others, under their numbers", async () => {
  const { rows, report } = await loadCsv("sku,name,price\nA-1,Belt,3\nA-2,Seal, black,9\nA-3,Drum,8\n");
  expect(rows.map(({ id }) => id)).toEqual(["a.csv:1", "a.csv:3"]);
  expect(report.leftOut).toEqual([{ place: "row 2", reason: "bad row", chars: 12, what: "4 columns instead of 3" }]);
  await expect(loadCsv("sku,name\nA-1,Belt\nA-2,Seal,x\n", { strict: true })).rejects.toMatchObject({
    code: "loader.strict",
  });
});

it("keeps a row with a cell too few, and says so", async () => {
  const { rows, report } = await loadCsv("sku,name,price\nA-1,Belt\nA-2,Seal,9\n");
  expect(rows).toHaveLength(2);
  expect(report.leftOut).toMatchObject([{ place: "row 1", reason: "read as written", what: "2 columns instead of 3" }]);
});

it("takes quotes within a cell, and quotes that are never closed, for text", async () => {
  const inch = await loadCsv('sku,name\nH-1,Hose 5/8" long\n"H-2","Clamp ""B"""\n');
  expect(inch.rows.map(({ text }) => text)).toEqual(['sku: H-1\nname: Hose 5/8" long', 'sku: H-2\nname: Clamp "B"']);
  const open = await loadCsv('sku,name\nA-1,"Belt\nA-2,Drum\nA-3,Seal\n');
  expect(open.rows.map(({ text }) => text)).toEqual([
    'sku: A-1\nname: "Belt',
    "sku: A-2\nname: Drum",
    "sku: A-3\nname: Seal",
  ]);
  expect(open.report.leftOut).toMatchObject([{ place: "line 2", what: "a quote that opens no cell or is not closed" }]);
  const swallowing = await loadCsv('sku,name\nA-1,"Belt\nA-2,"Drum"\nA-3,Seal\n');
  expect(swallowing.rows.map(({ text }) => text)).toEqual([
    'sku: A-1\nname: "Belt',
    "sku: A-2\nname: Drum",
    "sku: A-3\nname: Seal",
  ]);
});

it("keeps two columns of one name, columns without a name, and names of other scripts", async () => {
  const { rows, report } = await loadCsv("sku,price,price,,цена\nA-1,4.50,net 3.90,spare,5\n");
  expect(rows[0]?.metadata).toMatchObject({ price: 4.5, price_2: "net 3.90", column_4: "spare", цена: 5 });
  expect(report.charsLeftOut).toBe(0);
});

it("keeps a column of numbers one of numbers where a cell says there is none", async () => {
  const { rows } = await loadCsv("name,price,stock\nBelt,4.50,-\nDrum,n/a,3\nSeal,9,2\n");
  expect(rows.map(({ metadata }) => [metadata.price, metadata.stock])).toEqual([
    [4.5, undefined],
    [undefined, 3],
    [9, 2],
  ]);
  expect(rows[1]?.text).toBe("name: Drum\nprice: n/a\nstock: 3");
});

it("reads numbers as they are written where a column is written in one way", async () => {
  const { rows } = await loadCsv("a;b;c;d\n12,90;1.234,50;€ 4.20;007\n3,50;12,00;€ 5.00;12\n");
  expect(rows.map(({ metadata: { a, b, c, d } }) => [a, b, c, d])).toEqual([
    [12.9, 1234.5, 4.2, "007"],
    [3.5, 12, 5, "12"],
  ]);
  expect((await loadCsv("a;b\n1,200;x\n")).rows[0]?.metadata.a).toBe("1,200");
});

it("finds a long second text again", async () => {
  const long = "The drum is loud. ".repeat(300);
  const { rows, report } = await loadCsv(`id,text,notes\n1,Drum,"${long}serial QX-55"\n`);
  expect(rows[0]?.text).toContain("serial QX-55");
  expect(report.charsLeftOut).toBe(0);
});

it("keeps lines above the header, and rows of a table without one", async () => {
  const { rows } = await loadCsv("Spare parts 2026\n\nsku,name,price\nA-1,Belt,3\n");
  expect(rows.map(({ id }) => id)).toEqual(["a.csv:preamble", "a.csv:1"]);
  const without = await loadCsv("1,Belt,3.5\n2,Drum,8.25\n");
  expect(without.rows[0]?.metadata).toMatchObject({ column_1: 1, column_2: "Belt", column_3: 3.5 });
});

it("refuses a table of too many columns, and says how many", async () => {
  const header = Array.from({ length: 20_000 }, (_, n) => `c${n}`).join(",");
  await expect(loadCsv(`${header}\n`)).rejects.toMatchObject({
    code: "loader.limit",
    message: "columns in line 1: 20,000, more than the limit columns = 10,000 allows",
  });
});
