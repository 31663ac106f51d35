import { words } from "./words.ts";

describe("words", () => {
  it("are runs of letters or digits in lower case", () => {
    expect(words("Order #A-1234: 2 cafés, don't ship!")).toEqual([
      "order",
      "a",
      "1234",
      "2",
      "cafés",
      "don",
      "t",
      "ship",
    ]);
  });

  it("are the same however the letters are encoded", () => {
    expect(words("cafe\u0301 ﬁne ＡＢＣ")).toEqual(["café", "fine", "abc"]);
  });

  it("are none in punctuation, emoji or nothing", () => {
    expect(words("")).toEqual([]);
    expect(words("?! … 🙂")).toEqual([]);
  });
});
