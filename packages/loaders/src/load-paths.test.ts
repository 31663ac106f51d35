import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadPath, loadPaths } from "./load-paths.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "sotto-load-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it("loads a folder with ids, sources, titles, types and content hashes", async () => {
  await mkdir(join(root, "faq"));
  await writeFile(join(root, "a.md"), "# Plans\n\nFibre 250.");
  await writeFile(join(root, "faq/q.jsonl"), '{"text":"one"}\n{"text":"two"}');
  const hash = expect.stringMatching(/^[0-9a-f]{32}$/);
  expect(await loadPath(root, { metadata: { lang: "en" } })).toEqual([
    {
      id: "a.md",
      title: "Plans",
      text: "# Plans\n\nFibre 250.",
      metadata: { lang: "en", source: "a.md", type: "markdown", contentHash: hash },
    },
    ...["one", "two"].map((text, index) => ({
      id: `faq/q.jsonl:${index + 1}`,
      text,
      metadata: {
        lang: "en",
        row: index + 1,
        source: "faq/q.jsonl",
        type: "jsonl",
        contentHash: hash,
        parts: 2,
      },
    })),
  ]);
});

it("throws at a file that cannot be loaded, naming it, or hands it to onFailure and goes on", async () => {
  await writeFile(join(root, "bad.json"), "{");
  await writeFile(join(root, "good.txt"), "text");
  await expect(loadPaths([root])).rejects.toThrow("bad.json: not JSON");
  const failed: string[] = [];
  const documents = await loadPaths([root], { onFailure: ({ source }) => failed.push(source) });
  expect(documents.map(({ id }) => id)).toEqual(["good.txt"]);
  expect(failed).toEqual(["bad.json"]);
});

it("refuses a path that does not exist", async () => {
  await expect(loadPath(join(root, "none"))).rejects.toMatchObject({ code: "ENOENT" });
});
