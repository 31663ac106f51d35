import { sentencesOf } from "./sentences.ts";

const said = (text: string, whole: boolean) => sentencesOf(text, { whole }).map(({ sentence }) => sentence);

describe("what is said aloud of an answer", () => {
  it("is whole sentences while it comes", () => {
    expect(said("Within 30 days. The rec", true)).toEqual(["Within 30 days."]);
    expect(said("Within 30 days.", true)).toEqual([]);
  });

  it("is all of it in the end", () => {
    expect(said("Within 30 days. The receipt is needed", false)).toEqual(["Within 30 days.", "The receipt is needed"]);
  });

  it("keeps what was said before at its place, as more comes", () => {
    const before = sentencesOf("One. Two. Th", { whole: true });
    expect(sentencesOf("One. Two. Three.", { whole: false }).slice(0, 2)).toEqual(before);
  });

  it("leaves out marks of Markdown", () => {
    expect(said("## Returns\n\n- **30 days**\n", true)).toEqual(["Returns", "- 30 days"]);
  });

  it("does not break a number", () => {
    expect(said("It costs 4.50 euros.", false)).toEqual(["It costs 4.50 euros."]);
  });
});
