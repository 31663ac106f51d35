import { StorageCorruptError, StorageNewerFormatError } from "../../errors/index.ts";
import { BYTES_A_STEP, type Steps, stepCounter } from "../../steps.ts";
import type { LateBytes } from "../bytes/index.ts";

/** "SOTI" in ASCII, little endian. */
const MAGIC = 0x49544f53;
/** 4 has titles. */
const FORMAT = 4;
/** What can be read still: 3 lacks nothing but titles, 2 nothing but them and lists in metadata. */
const OLDEST_FORMAT = 2;
const ALIGN = 8;

export type Sections = Record<string, readonly Uint8Array[]>;

export type SectionsToPack = Record<string, readonly (Uint8Array | LateBytes)[]>;

/**
 * Sections of bytes in one buffer: magic u32, format u32, directory length u32, directory as JSON
 * (`[name, [length, …]][]`), then the parts in order, each at a multiple of 8 bytes. Integrity is the store's: it keeps
 * a checksum of every snapshot.
 */
export function* packSections(sections: SectionsToPack): Steps<Uint8Array> {
  const entries = Object.entries(sections);
  const directory = new TextEncoder().encode(
    JSON.stringify(entries.map(([name, parts]) => [name, parts.map((p) => p.length)])),
  );
  let size = align(12 + directory.length);
  for (const [, parts] of entries) for (const part of parts) size += align(part.length);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, FORMAT, true);
  view.setUint32(8, directory.length, true);
  bytes.set(directory, 12);
  let at = align(12 + directory.length);
  const isStep = stepCounter();
  for (const [, parts] of entries) {
    for (const part of parts) {
      for (let done = 0; done < part.length; done += BYTES_A_STEP) {
        const source = part instanceof Uint8Array ? part : part.view();
        const some = source.subarray(done, done + BYTES_A_STEP);
        bytes.set(some, at + done);
        if (isStep(some.length)) yield;
      }
      at += align(part.length);
    }
  }
  return bytes;
}

/** Views into `bytes`, section by section. `where` names them in errors. */
export function unpackSections(bytes: Uint8Array, where: string): Sections {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0, true) !== MAGIC)
    throw new StorageCorruptError(where, "it does not begin as a Sotto snapshot");
  const format = view.getUint32(4, true);
  if (format > FORMAT) throw new StorageNewerFormatError(where, format, FORMAT);
  if (format < OLDEST_FORMAT)
    throw new StorageCorruptError(where, `it is of format ${format}, which is no longer read`);
  const directoryLength = view.getUint32(8, true);
  if (12 + directoryLength > bytes.length) throw new StorageCorruptError(where, "its directory is cut short");
  const directory = JSON.parse(new TextDecoder().decode(bytes.subarray(12, 12 + directoryLength))) as [
    string,
    number[],
  ][];
  const sections: Record<string, Uint8Array[]> = {};
  let at = align(12 + directoryLength);
  for (const [name, lengths] of directory) {
    sections[name] = lengths.map((length) => {
      if (at + length > bytes.length) throw new StorageCorruptError(where, `its section "${name}" is cut short`);
      const part = bytes.subarray(at, at + length);
      at += align(length);
      return part;
    });
  }
  return sections;
}

function align(length: number): number {
  return Math.ceil(length / ALIGN) * ALIGN;
}
