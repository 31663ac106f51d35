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

it("searches folders in order and names files of other types", async () => {
  await put({ "b.md": "", "a/z.txt": "abc", "a/pic.png": "", "a/data.csv": "" });
  const found = await findFiles([root]);
  expect(found.files.map((file) => [file.source, file.bytes])).toEqual([
    ["a/data.csv", 0],
    ["a/z.txt", 3],
    ["b.md", 0],
  ]);
  expect(found).toMatchObject({ skipped: [{ source: "a/pic.png", why: "type" }], hasFolder: true });
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

it("follows links out of the folder only when asked to", async () => {
  await put({ "docs/a.md": "", "secret.txt": "x", "docs/b.txt": "" });
  await symlink(join(root, "secret.txt"), join(root, "docs/link.txt"));
  const found = await findFiles([join(root, "docs")]);
  expect(found.files.map(({ source }) => source)).toEqual(["a.md", "b.txt"]);
  expect(found.skipped).toEqual([{ source: "link.txt", why: "link" }]);
  expect(await sources([join(root, "docs")], { followLinks: true })).toEqual(["a.md", "b.txt", "link.txt"]);
});

it("tells files of one name from several paths apart by their folders", async () => {
  await put({
    "one/README.md": "",
    "two/README.md": "",
    "two/a.txt": "",
    "x/lib/README.md": "",
    "y/lib/README.md": "",
  });
  const paths = ["one/README.md", "two/README.md", "two/a.txt"].map((path) => join(root, path));
  expect(await sources(paths)).toEqual(["one/README.md", "two/README.md", "a.txt"]);
  expect(await sources(["x/lib/README.md", "y/lib/README.md"].map((path) => join(root, path)))).toEqual([
    "x/lib/README.md",
    "y/lib/README.md",
  ]);
  expect(await sources([join(root, "one"), join(root, "two")], { prefix: "p/" })).toEqual([
    "p/one/README.md",
    "p/two/README.md",
    "p/a.txt",
  ]);
});

it("puts the prefix before names and takes only the types asked for", async () => {
  await put({ "a.md": "", "b.txt": "" });
  expect(await sources([root], { prefix: "handbook/", types: ["markdown"] })).toEqual(["handbook/a.md"]);
});
