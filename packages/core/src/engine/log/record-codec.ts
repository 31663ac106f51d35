import { StorageCorruptError, StorageNewerFormatError } from "../../errors/index.ts";
import type { LogRecord } from "../../storage/index.ts";
import type { JsonValue, Metadata, StoredDocument } from "../documents/index.ts";
import type { QuantizedVector, TokenCodes } from "../vectors/index.ts";
import type { IndexSettings } from "./index-settings.ts";

/** One change of an index. `event` is for what is built on an index (sessions, memories); the index itself skips it. */
export type IndexChange =
  | { type: "put"; document: StoredDocument; vector: QuantizedVector | undefined }
  | { type: "delete"; id: string }
  | { type: "settings"; settings: IndexSettings; reset: boolean }
  | { type: "event"; id: string; event: IndexEvent }
  | { type: "erased"; id: string };

export interface IndexEvent {
  readonly type: string;
  readonly [field: string]: JsonValue | undefined;
}

/** Version of the record layout: the first byte of every record. */
const FORMAT = 1;
/** The layout of a document with a title, which earlier versions cannot read. */
const FORMAT_WITH_TITLE = 2;
/** The layout of a document with token states, which earlier versions cannot read. */
const FORMAT_WITH_TOKENS = 3;
/** Every record begins with format u8, kind u8, time of writing f64 (milliseconds since the epoch), little endian. */
const HEADER_BYTES = 10;
const KIND = { put: 1, delete: 2, settings: 3, event: 4 } as const;
const HAS = { metadata: 1, payload: 2, chunk: 4, vector: 8, title: 16, tokens: 32 } as const;
/** Id of the settings record; documents cannot have it, since their ids hold no control characters. */
export const SETTINGS_RECORD_ID = "\u0001settings";

const PAGE_BYTES = 65_536;
/** The most that one UTF-16 unit can take. */
const UTF8_BYTES_OF_UNIT = 3;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * Encodes the changes of one batch. Their bytes lie in pages that several share, since memory of its own for each costs
 * more than all the rest.
 */
export class RecordEncoder {
  readonly #at: number;
  readonly #pageBytes: number;
  #page = new Uint8Array(0);
  #view = new DataView(this.#page.buffer);
  #used = 0;

  /** `at` is the time of writing, milliseconds since the epoch; `changes`, how many there will be. */
  constructor(at: number, changes: number) {
    this.#at = at;
    this.#pageBytes = changes > 1 ? PAGE_BYTES : 0;
  }

  encode(change: IndexChange): LogRecord {
    switch (change.type) {
      case "put":
        return { id: change.document.id, data: this.#put(change.document, change.vector) };
      case "delete":
        this.#begin(KIND.delete, HEADER_BYTES);
        return { id: change.id, data: this.#end(HEADER_BYTES) };
      case "settings":
        return {
          id: SETTINGS_RECORD_ID,
          data: this.#json(KIND.settings, { settings: change.settings, reset: change.reset }),
        };
      case "event":
        return { id: change.id, data: this.#json(KIND.event, change.event) };
      case "erased":
        return { id: change.id, data: new Uint8Array(0), erased: true };
    }
  }

  /** Layout after the header: flags u8, then text, metadata, payload, parent id and title each as u32 length + UTF-8 (where the flag is set), position u32, token states (dimensions u16, length u32, codes u8[]), scale f32, values int8[]. */
  #put(document: StoredDocument, vector: QuantizedVector | undefined): Uint8Array {
    const { text, title, metadata, payload, chunk } = document;
    const parts = [text];
    let flags = 0;
    if (metadata !== undefined) {
      flags |= HAS.metadata;
      parts.push(JSON.stringify(metadata));
    }
    if (payload !== undefined) {
      flags |= HAS.payload;
      parts.push(JSON.stringify(payload));
    }
    if (chunk !== undefined) {
      flags |= HAS.chunk;
      parts.push(chunk.parentId);
    }
    if (title !== undefined) {
      flags |= HAS.title;
      parts.push(title);
    }
    if (vector !== undefined) flags |= HAS.vector;
    const tokens = vector?.tokens;
    if (tokens !== undefined) flags |= HAS.tokens;
    let most = HEADER_BYTES + 1 + 4 + 4 + (vector?.values.length ?? 0) + 6 + (tokens?.codes.length ?? 0);
    for (const part of parts) most += 4 + part.length * UTF8_BYTES_OF_UNIT;

    const start = this.#begin(KIND.put, most);
    if (title !== undefined) this.#page[start] = FORMAT_WITH_TITLE;
    if (tokens !== undefined) this.#page[start] = FORMAT_WITH_TOKENS;
    this.#page[start + HEADER_BYTES] = flags;
    let end = start + HEADER_BYTES + 1;
    for (const part of parts) {
      const { written } = encoder.encodeInto(part, this.#page.subarray(end + 4));
      this.#view.setUint32(end, written, true);
      end += 4 + written;
    }
    if (chunk !== undefined) {
      this.#view.setUint32(end, chunk.position, true);
      end += 4;
    }
    if (tokens !== undefined) {
      this.#view.setUint16(end, tokens.dimensions, true);
      this.#view.setUint32(end + 2, tokens.codes.length, true);
      this.#page.set(tokens.codes, end + 6);
      end += 6 + tokens.codes.length;
    }
    if (vector !== undefined) {
      const { scale, values } = vector;
      this.#view.setFloat32(end, scale, true);
      this.#page.set(new Uint8Array(values.buffer, values.byteOffset, values.length), end + 4);
      end += 4 + values.length;
    }
    return this.#end(end - start);
  }

  #json(kind: number, value: unknown): Uint8Array {
    const json = JSON.stringify(value);
    const start = this.#begin(kind, HEADER_BYTES + json.length * UTF8_BYTES_OF_UNIT);
    const { written } = encoder.encodeInto(json, this.#page.subarray(start + HEADER_BYTES));
    return this.#end(HEADER_BYTES + written);
  }

  /** Room for a record of `most` bytes or fewer, and its header: where it begins. */
  #begin(kind: number, most: number): number {
    if (this.#used + most > this.#page.length) {
      this.#page = new Uint8Array(Math.max(most, this.#pageBytes));
      this.#view = new DataView(this.#page.buffer);
      this.#used = 0;
    }
    this.#page[this.#used] = FORMAT;
    this.#page[this.#used + 1] = kind;
    this.#view.setFloat64(this.#used + 2, this.#at, true);
    return this.#used;
  }

  /** The record that was begun, of `bytes` bytes. */
  #end(bytes: number): Uint8Array {
    const data = this.#page.subarray(this.#used, this.#used + bytes);
    this.#used += bytes;
    return data;
  }
}

/** `where` names the log in errors. */
export function decodeChange(record: LogRecord, where: string): IndexChange {
  if (record.erased === true) return { type: "erased", id: record.id };
  const { data } = record;
  if (data.length < HEADER_BYTES)
    throw new StorageCorruptError(where, `record ${JSON.stringify(record.id)} has ${data.length} bytes`);
  if ((data[0] as number) > FORMAT_WITH_TOKENS)
    throw new StorageNewerFormatError(where, data[0] as number, FORMAT_WITH_TOKENS);
  switch (data[1]) {
    case KIND.put:
      return decodePut(record.id, data, where);
    case KIND.delete:
      return { type: "delete", id: record.id };
    case KIND.settings:
      return { type: "settings", ...(decodeJson(data) as { settings: IndexSettings; reset: boolean }) };
    case KIND.event:
      return { type: "event", id: record.id, event: decodeJson(data) as IndexEvent };
    default:
      throw new StorageCorruptError(where, `record ${JSON.stringify(record.id)} is of unknown kind ${data[1]}`);
  }
}

/** When a record was written, milliseconds since the epoch; 0 for an erased one. */
export function writtenAt({ data }: LogRecord): number {
  return data.length < HEADER_BYTES
    ? 0
    : new DataView(data.buffer, data.byteOffset, data.byteLength).getFloat64(2, true);
}

function decodeJson(data: Uint8Array): unknown {
  return JSON.parse(decoder.decode(data.subarray(HEADER_BYTES)));
}

function decodePut(id: string, data: Uint8Array, where: string): IndexChange {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const flags = data[HEADER_BYTES] as number;
  let at = HEADER_BYTES + 1;
  const part = (): string => {
    const length = at + 4 <= data.length ? view.getUint32(at, true) : data.length;
    if (at + 4 + length > data.length)
      throw new StorageCorruptError(where, `record ${JSON.stringify(id)} is cut short`);
    const text = decoder.decode(data.subarray(at + 4, at + 4 + length));
    at += 4 + length;
    return text;
  };
  const document: StoredDocument = { id, text: part() };
  if (flags & HAS.metadata) document.metadata = JSON.parse(part()) as Metadata;
  if (flags & HAS.payload) document.payload = JSON.parse(part()) as JsonValue;
  const parentId = flags & HAS.chunk ? part() : undefined;
  if (flags & HAS.title) document.title = part();
  if (parentId !== undefined) {
    document.chunk = { parentId, position: view.getUint32(at, true) };
    at += 4;
  }
  let tokens: TokenCodes | undefined;
  if (flags & HAS.tokens) {
    const end = at + 6 + view.getUint32(at + 2, true);
    if (end > data.length) throw new StorageCorruptError(where, `record ${JSON.stringify(id)} is cut short`);
    tokens = { dimensions: view.getUint16(at, true), codes: data.slice(at + 6, end) };
    at = end;
  }
  let vector: QuantizedVector | undefined;
  if (flags & HAS.vector) {
    const values = new Int8Array(data.subarray(at + 4).slice().buffer);
    vector = { scale: view.getFloat32(at, true), values, ...(tokens === undefined ? {} : { tokens }) };
  }
  return { type: "put", document, vector };
}
