import { groupsOf, parseIrSet, searchedText } from "./ir-set.ts";

describe("a set with relevance labels", () => {
  it("is searched by full, else by speaker and text", () => {
    expect(searchedText({ id: "a", text: "hi", full: "Ann: hi", speaker: "Bob" })).toBe("Ann: hi");
    expect(searchedText({ id: "a", text: "hi", speaker: "Bob" })).toBe("Bob: hi");
    expect(searchedText({ id: "a", text: "hi" })).toBe("hi");
  });

  it("keeps each query to the documents of its group, and leaves out queries that nothing answers", () => {
    const set = {
      name: "two",
      corpus: [
        { id: "a", group: "1", text: "" },
        { id: "b", group: "2", text: "" },
      ],
      queries: [
        { id: "q1", group: "2", text: "" },
        { id: "q2", group: "1", text: "" },
      ],
      qrels: { q1: { b: 1 } },
    };
    expect(groupsOf(set).map(({ corpus, queries }) => [corpus[0]?.id, queries.map(({ id }) => id)])).toEqual([
      ["a", []],
      ["b", ["q1"]],
    ]);
  });

  it("is refused when a part is missing, with the part's name", () => {
    expect(() => parseIrSet('{"corpus":[]}', "x")).toThrow('x: "queries" is not an array');
    expect(() => parseIrSet('{"corpus":[],"queries":[]}', "x")).toThrow('x: "qrels" is not an object');
  });
});
