import { splitLongText } from "./split-long-text.ts";

it("leaves a text within the limit alone", () => {
  const part = { text: "short", title: "t" };
  expect(splitLongText(part, 5)).toEqual([part]);
});

it("cuts at ends of paragraphs and loses nothing", () => {
  const text = "one one one\n\ntwo two two\nthree three three";
  const pieces = splitLongText({ text, title: "t" }, 20);
  expect(pieces.map((piece) => piece.text).join("")).toBe(text);
  expect(pieces.map((piece) => piece.key)).toEqual(["1", "2", "3"]);
  expect(pieces[0]).toEqual({ key: "1", title: "t", text: "one one one\n\n" });
});

it("never cuts a surrogate pair in two", () => {
  const pieces = splitLongText({ key: "p", text: "a😀😀😀" }, 4);
  expect(pieces.map(({ key, text }) => `${key} ${text}`)).toEqual(["p.1 a😀", "p.2 😀😀"]);
});
