import { newId, SearchIndex, unpackSections } from "../engine/index.ts";
import { IdentityMismatchError, SottoError, StorageCorruptError, StorageNewerFormatError } from "../errors/index.ts";
import { takeInTurns } from "../steps.ts";
import type { MemoryContext } from "../user/index.ts";
import { copyDocuments, countDocuments } from "./copy-documents.ts";
import type { OpenSession } from "./open-session.ts";
import type { Turn } from "./turn.ts";
import { turnOf } from "./turn-list.ts";

/** "SOTS" in ASCII, little endian. */
const MAGIC = 0x53544f53;
const FORMAT = 1;
/** Magic u32, format u32, SHA-256 of what follows. */
const HEADER_BYTES = 40;
const TURNS_PER_BATCH = 200;

interface FileState {
  sessionId: string;
  userId?: string;
  userName?: string;
  embedderId: string;
  dimensions: number;
  savedAt: number;
}

/** Writes a session to one file: it is complete at its place or not there. Node only. */
export async function saveSession(
  context: MemoryContext,
  session: OpenSession,
  path: string,
): Promise<{ bytes: number }> {
  const { fs, sha256 } = nodeOnly("saveToDisk");
  const { embedder, clock } = context;
  const state: FileState = {
    sessionId: session.id,
    ...(session.userId === undefined ? {} : { userId: session.userId }),
    ...(session.userName === undefined ? {} : { userName: session.userName }),
    embedderId: session.stored.settings?.embedderId ?? embedder.id,
    dimensions: session.stored.index.dimensions,
    savedAt: clock.now(),
  };
  const content = await session.stored.pack(new TextEncoder().encode(JSON.stringify(state)));
  const bytes = new Uint8Array(HEADER_BYTES + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, FORMAT, true);
  bytes.set(sha256(content), 8);
  bytes.set(content, HEADER_BYTES);
  const temporary = `${path}.${newId()}.tmp`;
  try {
    const file = await fs.open(temporary, "wx");
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw error;
  }
  return { bytes: bytes.length };
}

/**
 * Merges a file into a session: turns and documents whose id the session holds stay as they are. Answers how many of both
 * were added. Throws `storage.corrupt`, `storage.newer_format`, or `session.identity_mismatch` for another user's file.
 */
export async function loadSession(
  context: MemoryContext,
  session: OpenSession,
  path: string,
): Promise<{ docCount: number }> {
  const { fs, sha256 } = nodeOnly("loadFromDisk");
  const sections = readContent(await fs.readFile(path), path, sha256);
  const file = JSON.parse(new TextDecoder().decode(sections.state?.[0])) as FileState;
  if (file.userId !== undefined) {
    if (session.userId !== undefined && session.userId !== file.userId) throw new IdentityMismatchError(session.id);
    await session.claimFor({ id: file.userId, ...(file.userName === undefined ? {} : { name: file.userName }) });
  }
  const arena = context.arenas.shared();
  const index = await takeInTurns(SearchIndex.fromSections({ arena, dimensions: file.dimensions }, sections));
  try {
    const held = (id: string): boolean => session.stored.index.documents.slotOf(id) !== undefined;
    const turns: Turn[] = [];
    for (const slot of index.live.toSlots()) {
      const turn = turnOf(index.documents.document(slot), file.sessionId);
      if (turn !== undefined && !held(turn.id)) turns.push({ ...turn, sessionId: session.id });
    }
    const ids = await copyDocuments({
      from: { index, embedderId: file.embedderId },
      to: session.stored,
      embedder: context.embedder,
      wants: (document) => turnOf(document, file.sessionId) === undefined && !held(document.id),
    });
    for (let start = 0; start < turns.length; start += TURNS_PER_BATCH)
      await session.record(turns.slice(start, start + TURNS_PER_BATCH));
    return { docCount: countDocuments(index, ids) + turns.length };
  } finally {
    index.dispose();
  }
}

function readContent(
  bytes: Uint8Array,
  path: string,
  sha256: (data: Uint8Array) => Uint8Array,
): ReturnType<typeof unpackSections> {
  const where = `The session file ${path}`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || view.getUint32(0, true) !== MAGIC)
    throw new StorageCorruptError(where, "it does not begin as a session file");
  const format = view.getUint32(4, true);
  if (format > FORMAT) throw new StorageNewerFormatError(where, format, FORMAT);
  // A copy: what is read from it wants its own alignment, which a Buffer's offset does not promise.
  const content = new Uint8Array(bytes.subarray(HEADER_BYTES));
  const expected = bytes.subarray(8, HEADER_BYTES);
  if (!sha256(content).every((byte, n) => byte === expected[n]))
    throw new StorageCorruptError(where, "its checksum does not hold");
  return unpackSections(content, where);
}

/** Asked of the running Node, not imported, so that nothing of it is in what a browser loads. */
function nodeOnly(method: string): { fs: typeof import("node:fs/promises"); sha256: (data: Uint8Array) => Uint8Array } {
  const { process } = globalThis as { process?: Partial<NodeJS.Process> };
  const [fs, crypto] = [process?.getBuiltinModule?.("node:fs/promises"), process?.getBuiltinModule?.("node:crypto")];
  if (fs === undefined || crypto === undefined) {
    throw new SottoError("session.node_only", `${method} needs Node: there are no files here.`, { method });
  }
  return { fs, sha256: (data) => crypto.createHash("sha256").update(data).digest() };
}
