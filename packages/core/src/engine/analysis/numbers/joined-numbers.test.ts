import { analyze } from "../analyze.ts";
import { queryTerms } from "../analyze-query.ts";

const terms = (text: string) => analyze(text).map(({ text: term }) => term);
const share = (query: string, text: string) => {
  const held = new Set(terms(text));
  return queryTerms(query)
    .filter(({ term }) => held.has(term))
    .map(({ term }) => term);
};

describe("numbers in several words", () => {
  it.each([
    ["12500 kg", "The crane lifts 12 500 kg", "12500"],
    ["12 500 kg", "The crane lifts 12,500 kg", "12500"],
    ["030 55501234", "Call +49 30 5550 1234.", "55501234"],
    ["(030) 5550-1234", "Call +49 30 55501234.", "55501234"],
    ["part D P four four seven one", "Part DP-4471", "dp4471"],
    ["vier vier sieben eins", "Teil 4471", "4471"],
    ["D P 4471", "Part DP-4471", "dp4471"],
    ["8 May 2023", "on 2023-05-08", "2023.05.08"],
    ["May 8th", "on 8 May", "--05.08"],
    ["am 8. Mai", "on 2023-05-08", "--05.08"],
    ["at 3 pm", "from 15:00 on", "15.00"],
    ["at 3:30 pm", "from 15:30 on", "15.30"],
    ["-18", "It is −18 degrees", "-18"],
    ["group A+", "blood group A+", "a+"],
    ["AB-", "blood group AB-", "ab-"],
  ])("finds %p in %p by %p", (query, text, term) => {
    expect(share(query, text)).toContain(term);
  });

  it("keeps numbers apart that only stand side by side", () => {
    expect(terms("rooms 3 and 4")).not.toContain("34");
    expect(terms("I have 3 4")).not.toContain("i34");
    expect(terms("18 degrees")).not.toContain("-18");
    expect(terms("from 10-18")).not.toContain("-18");
  });

  it("finds an emoji by itself", () => {
    expect(share("😡", "The customer reacted with 😡!")).toEqual(["😡"]);
  });
});
