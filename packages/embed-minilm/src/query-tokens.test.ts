import { queryTokens } from "./query-tokens.ts";

function kept(text: string, ...ignored: string[]): string[] {
  const tokens = ["[CLS]", ...text.split(" "), "[SEP]"];
  return queryTokens(tokens, (word) => ignored.includes(word)).map((place) => tokens[place] as string);
}

describe("the tokens of a question that are compared", () => {
  it("are its words, without special tokens and punctuation", () => {
    expect(kept("where is the router , please ?")).toEqual(["where", "is", "the", "router", "please"]);
  });

  it("are without the words that are ignored, whole words with all their pieces", () => {
    expect(kept("is zo ##e at the vet", "is", "at", "the", "zoe")).toEqual(["vet"]);
    expect(kept("zo ##e ##trope", "zoe")).toEqual(["zo", "##e", "##trope"]);
  });

  it("are without what follows an apostrophe, and without contractions that are ignored", () => {
    expect(kept("rex ' s collar", "rex")).toEqual(["collar"]);
    expect(kept("why don ’ t dogs fly", "why", "dont")).toEqual(["dogs", "fly"]);
    expect(kept("don quixote", "dont")).toEqual(["don", "quixote"]);
  });

  it("are all words where all are ignored, and all tokens where there is no word", () => {
    expect(kept("who are you ?", "who", "are", "you")).toEqual(["who", "are", "you"]);
    expect(kept("? !")).toEqual(["?", "!"]);
  });
});
