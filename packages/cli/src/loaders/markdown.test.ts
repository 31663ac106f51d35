import { markdownLoader } from "./markdown.ts";

const load = (text: string) => markdownLoader.load({ name: "a.md", bytes: new TextEncoder().encode(text) }, {});

it("takes title and metadata from YAML front matter and leaves it out of the text", () => {
  expect(load("---\ntitle: Returns\nprice: 12.5\n---\n# Sending it back\n\nWithin 30 days.\n")).toEqual([
    { title: "Returns", metadata: { title: "Returns", price: 12.5 }, text: "# Sending it back\n\nWithin 30 days.\n" },
  ]);
});

it("takes the first heading outside fenced code as the title, without its markup", () => {
  expect(load("```sh\n# not this\n```\n\n## **Plans** and [`prices`](./prices.md) ##\n")).toMatchObject([
    { title: "Plans and prices" },
  ]);
});

it("keeps text between rules that is not YAML", () => {
  const text = "---\nnot: [closed\n---\nText\n";
  expect(load(text)).toEqual([{ text, metadata: {} }]);
});

it("has no title for Markdown without a heading", () => {
  expect(load("just text")).toEqual([{ text: "just text", metadata: {} }]);
});
