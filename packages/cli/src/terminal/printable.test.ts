import { printable } from "./printable.ts";

it("takes out what a terminal would obey, and leaves the text", () => {
  expect(printable("a\u001b[31mred\u001b[0m \u001b]0;title\u0007b\u009b2Jc\r\nd\u202ee ü 漢 😀")).toBe(
    "a[31mred[0m ]0;titleb2Jc de ü 漢 😀",
  );
});
