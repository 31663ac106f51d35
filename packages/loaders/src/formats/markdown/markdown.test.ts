import { load } from "../../load.ts";

const loadMarkdown = async (text: string, name = "a.md") => {
  const { documents, report } = await load(Buffer.from(text), { name });
  const { type: _type, source: _source, contentHash: _hash, ...metadata } = documents[0]?.metadata ?? {};
  return { text: documents[0]?.text, title: documents[0]?.title, metadata, report };
};

it("takes title and metadata from YAML front matter and leaves it out of the text", async () => {
  const source =
    "---\ntitle: Returns\nprice: 12.5\ntags: [shop, forms]\non: 2026-03-12\n---\n# Sending it back\n\nWithin 30 days.\n";
  expect(await loadMarkdown(source)).toMatchObject({
    title: "Returns",
    metadata: { price: 12.5, tags: ["shop", "forms"], on: "2026-03-12" },
    text: "# Sending it back\n\nWithin 30 days.\n",
    report: { leftOut: [] },
  });
});

it("reads TOML front matter, and puts a description before the text", async () => {
  const source = '+++\ntitle = "Ovens"\ndescription = "How to clean them"\n[params]\nweight = 3\n+++\nUse vinegar.\n';
  expect(await loadMarkdown(source)).toMatchObject({
    title: "Ovens",
    metadata: { "params.weight": 3 },
    text: "How to clean them\n\nUse vinegar.\n",
  });
});

it("takes the first heading outside fenced code as the title, without its marks, underlined ones too", async () => {
  const source = "```sh\n# not this\n```\n\n## **Plans** and [`prices`](./prices.md) ##\n";
  expect((await loadMarkdown(source)).title).toBe("Plans and prices");
  expect((await loadMarkdown("Opening *times*\n===============\n\nAt 8.\n")).title).toBe("Opening times");
  expect((await loadMarkdown("just text")).title).toBe("a");
});

it("keeps text between rules that is not YAML, and says so where fields were meant", async () => {
  const text = "---\nnot: [closed\n---\nText\n";
  const { report, ...rest } = await loadMarkdown(text);
  expect(rest).toMatchObject({ text, metadata: {} });
  expect(report.leftOut).toEqual([
    { place: "line 1", reason: "read as written", chars: 0, what: "front matter that is not YAML" },
  ]);
});

it("leaves comments out, between paragraphs and within, but not from code", async () => {
  const source =
    "# A\n\nIt costs 40. <!-- buys at 11 --> Good.\n\n<!--\nnot for\ncustomers\n-->\n\n`<!-- kept -->`\n\n```\n<!-- kept too -->\n```\n";
  const { text, report } = await loadMarkdown(source);
  expect(text).toBe("# A\n\nIt costs 40.  Good.\n\n\n\n`<!-- kept -->`\n\n```\n<!-- kept too -->\n```\n");
  expect(report.leftOut).toEqual([
    { place: "line 3", reason: "comment", chars: 8 },
    { place: "line 5", reason: "comment", chars: 15 },
  ]);
});

it("writes HTML within as text: tags away, tables as tables", async () => {
  const source =
    '<p align="center"><img src="x.png" alt="The logo"></p>\n\nPress <kbd>F2</kbd>.<br>Wait.\n\n<details>\n<summary>More</summary>\n\nInner **text**.\n\n</details>\n\n<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>\n';
  const { text, report } = await loadMarkdown(source);
  expect(text).toBe(
    "The logo\n\nPress F2.\nWait.\n\nMore\n\nInner **text**.\n\n\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n",
  );
  expect(report.charsLeftOut).toBe(0);
});

it("reads MDX without its imports, exports and tags", async () => {
  const source =
    'import Tabs from "./tabs"\n\nexport const x = 1\n\n# Setup\n\n<Tabs kind="a">\n\nRun it. {/* later */}\n\n</Tabs>\n';
  const { text, report } = await loadMarkdown(source, "a.mdx");
  expect(text?.replace(/\n+/g, "\n").trim()).toBe("# Setup\nRun it.");
  expect(report.leftOut.map(({ reason }) => reason)).toEqual(["script", "script", "comment"]);
});

it.each([
  ["spaces in a heading", `# x${" ".repeat(100_000)}y`],
  ["opened tags", `# ${"<".repeat(100_000)}`],
  ["opened pictures", "![".repeat(50_000)],
  ["empty links", "[](".repeat(30_000)],
  ["quotes within quotes", "> ".repeat(50_000)],
  ["emphasis", "**a".repeat(30_000)],
])("reads a long run of %s as fast as any other text", async (_, run) => {
  expect((await loadMarkdown(run)).text?.length).toBeGreaterThan(run.length - 10);
});
