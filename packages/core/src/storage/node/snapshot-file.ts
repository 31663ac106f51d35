import { type FileHandle, open, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";

const ZEROS = new Uint8Array(1024 * 1024);
/** Read at once: large, since `readFile` would take small pieces one after the other. */
const READ_BYTES = 8 * 1024 * 1024;

/** Beside the final name while a snapshot is being written. */
export const TEMPORARY = ".tmp";

/** Writes a file so that, once this resolves, it is on disk whole under its name; it never is there in part. */
export async function writeDurably(path: string, data: Uint8Array): Promise<void> {
  const handle = await open(path + TEMPORARY, "wx", 0o600);
  try {
    await handle.writeFile(data);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(path + TEMPORARY, path);
  await syncFolder(dirname(path));
}

/** The bytes of a file, or what is wrong with them. */
export async function readIntact(path: string, bytes: number, checksum: number): Promise<Uint8Array | string> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    if (isMissing(error)) return "its file is missing";
    throw error;
  }
  try {
    const { size } = await handle.stat();
    if (size !== bytes) return `its file has ${size} bytes instead of ${bytes}`;
    const data = new Uint8Array(bytes);
    const readFrom = (at: number) => handle.read(data, at, Math.min(READ_BYTES, bytes - at), at);
    let found = 0;
    let at = 0;
    for (let reading = bytes > 0 ? readFrom(0) : undefined; reading !== undefined; ) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return `its file has ${at} bytes instead of ${bytes}`;
      const end = at + bytesRead;
      // The next piece is read while this one is checked.
      reading = end < bytes ? readFrom(end) : undefined;
      found = crc32(data.subarray(at, end), found);
      at = end;
    }
    return found === checksum ? data : "its checksum does not hold";
  } finally {
    await handle.close();
  }
}

/** Removes a file, and the one that it was to be made from. With `overwrite` its bytes are zeroed on the disk first. */
export async function removeFile(path: string, overwrite: boolean): Promise<void> {
  for (const name of [path, path + TEMPORARY]) {
    try {
      if (overwrite) await zero(name);
      await unlink(name);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  await syncFolder(dirname(path));
}

async function zero(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    const { size } = await handle.stat();
    for (let at = 0; at < size; at += ZEROS.length) {
      await handle.write(ZEROS, 0, Math.min(ZEROS.length, size - at), at);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  // Windows opens no folders; there the file system's journal keeps renames in order.
  if (process.platform === "win32") return;
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === "ENOENT";
}
