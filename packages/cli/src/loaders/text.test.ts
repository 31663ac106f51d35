import { textLoader } from "./text.ts";

it("takes a text file as it is", () => {
  expect(textLoader.load({ name: "a.txt", bytes: Buffer.from("Opening hours:\r\n9 to 5") }, {})).toEqual([
    { text: "Opening hours:\n9 to 5" },
  ]);
});
