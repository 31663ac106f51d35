import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testMemory } from "../../test/memory/test-memory.ts";
import { removeTemporaryFolders, temporaryFolder } from "../storage/node/test/temporary-folder.ts";

const ann = { id: "ann", name: "Ann" };

afterAll(removeTemporaryFolders);

async function saved(): Promise<{ folder: string; path: string }> {
  const { memory } = testMemory();
  const folder = temporaryFolder();
  const path = join(folder, "call.sotto");
  const session = await memory.session({ id: "call-1", user: ann });
  await session.addDocs([{ id: "a", text: "Gate 12 is closed", metadata: { gate: 12 } }]);
  await memory.saveResponse({
    user: ann,
    session: "call-1",
    turnId: "x",
    userText: "Which gate?",
    assistantText: "Gate 14.",
  });
  const { bytes } = await session.saveToDisk(path);
  expect(readFileSync(path)).toHaveLength(bytes);
  return { folder, path };
}

describe("a session file", () => {
  it("brings documents and turns into another session, where they are found", async () => {
    const { folder, path } = await saved();
    expect(readdirSync(folder)).toEqual(["call.sotto"]);
    const { memory } = testMemory();
    const session = await memory.session("call-2");
    expect(await session.loadFromDisk(path)).toEqual({ docCount: 3 });
    expect(session.userId).toBe("ann");
    expect((await session.turns()).map(({ id, sessionId, text }) => [id, sessionId, text])).toEqual([
      ["x/user", "call-2", "Which gate?"],
      ["x/assistant", "call-2", "Gate 14."],
    ]);
    expect((await session.query("gate 12 closed", { filter: { gate: 12 } })).hits[0]?.id).toBe("a");
    expect(await session.loadFromDisk(path)).toEqual({ docCount: 0 });
    await session.close();
    expect((await memory.memories(ann)).map(({ text }) => text)).toEqual([
      "Ann: Which gate?",
      "Ann: Which gate?\nAssistant: Gate 14.",
    ]);
  });

  it("does not replace what the session holds", async () => {
    const { path } = await saved();
    const { memory } = testMemory();
    const session = await memory.session("call-1");
    await session.addDocs([{ id: "a", text: "Gate 12 is open again" }]);
    expect(await session.loadFromDisk(path)).toEqual({ docCount: 2 });
    expect((await session.getDocs({ ids: ["a"] }))[0]?.text).toBe("Gate 12 is open again");
  });

  it("is refused for another user's session", async () => {
    const { path } = await saved();
    const { memory } = testMemory();
    const session = await memory.session({ id: "call-1", user: "bob" });
    await expect(session.loadFromDisk(path)).rejects.toMatchObject({ code: "session.identity_mismatch" });
    expect(session.docCount).toBe(0);
  });

  it.each([
    [
      "cut short",
      (bytes: Buffer) => bytes.subarray(0, bytes.length - 7),
      "storage.corrupt",
      "its checksum does not hold",
    ],
    [
      "changed in one bit",
      (bytes: Buffer) => Buffer.from(bytes.map((byte, n) => (n === 100 ? byte ^ 1 : byte))),
      "storage.corrupt",
      "its checksum does not hold",
    ],
    ["something else", () => Buffer.from("hello"), "storage.corrupt", "it does not begin as a session file"],
    [
      "of a later version",
      (bytes: Buffer) => Buffer.from(bytes.map((byte, n) => (n === 4 ? 9 : byte))),
      "storage.newer_format",
      "9",
    ],
  ])("that is %s is refused whole, by name", async (_, damage, code, message) => {
    const { path } = await saved();
    writeFileSync(path, damage(readFileSync(path)));
    const { memory } = testMemory();
    const session = await memory.session("call-2");
    await expect(session.loadFromDisk(path)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    expect(session.docCount).toBe(0);
  });

  it("that is not there is an error of the file system", async () => {
    const { memory } = testMemory();
    const session = await memory.session("call-1");
    await expect(session.loadFromDisk("/nowhere/at/all")).rejects.toMatchObject({ code: "ENOENT" });
    await expect(session.saveToDisk("/nowhere/at/all")).rejects.toMatchObject({ code: "ENOENT" });
  });
});
