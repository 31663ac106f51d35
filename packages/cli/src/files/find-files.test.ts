import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findFiles } from "./find-files.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "sotto-find-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}
const sources = async (...args: Parameters<typeof findFiles>) =>
  (await findFiles(...args)).files.map((file) => file.source);

it("searches folders in order and counts files of other types", async () => {
  await put({ "b.md": "", "a/z.txt": "", "a/pic.png": "", "a/data.csv": "" });
  const found = await findFiles([root]);
  expect(found.files.map((file) => [file.source, file.loader.type])).toEqual([
    ["a/data.csv", "csv"],
    ["a/z.txt", "text"],
    ["b.md", "markdown"],
  ]);
  expect(found).toMatchObject({ otherTypes: 1, hasFolder: true });
});

it("honours .gitignore files, the deeper one last, and passes over node_modules and .git", async () => {
  await put({
    ".gitignore": "*.txt\n/private/\n",
    "a.txt": "",
    "private/x.md": "",
    "sub/.gitignore": "!keep.txt\n",
    "sub/keep.txt": "",
    "sub/private/y.md": "",
    "node_modules/p/README.md": "",
    ".git/notes.md": "",
  });
  expect(await sources([root])).toEqual(["sub/keep.txt", "sub/private/y.md"]);
  expect(await sources([root], { gitignore: false })).toEqual([
    "a.txt",
    "private/x.md",
    "sub/keep.txt",
    "sub/private/y.md",
  ]);
});

it("takes a folder or file that is named itself, whatever ignores it", async () => {
  await put({ ".gitignore": "*", "node_modules/p/README.md": "", NOTES: "" });
  expect(await sources([join(root, "node_modules"), join(root, "NOTES")])).toEqual(["p/README.md", "NOTES"]);
});

it("takes a file once, follows links to files and not to folders", async () => {
  await put({ "docs/a.md": "" });
  await symlink(join(root, "docs/a.md"), join(root, "link.md"));
  await symlink(root, join(root, "docs/loop"));
  expect(await sources([root, join(root, "docs/a.md")])).toEqual(["docs/a.md"]);
});

it("puts the prefix before names and takes only the types asked for", async () => {
  await put({ "a.md": "", "b.txt": "" });
  expect(await sources([root], { prefix: "handbook/", types: ["markdown"] })).toEqual(["handbook/a.md"]);
});
