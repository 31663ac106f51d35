import { StorageCorruptError } from "../../errors/storage-corrupt-error.ts";
import { StorageNewerFormatError } from "../../errors/storage-newer-format-error.ts";
import type { LogRecord } from "../../storage/storage.ts";
import type { JsonValue, Metadata, StoredDocument } from "../document.ts";
import type { QuantizedVector } from "../vector-store/quantized-vectors.ts";
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
/** Every record begins with format u8, kind u8, time of writing f64 (milliseconds since the epoch), little endian. */
const HEADER_BYTES = 10;
const KIND = { put: 1, delete: 2, settings: 3, event: 4 } as const;
const HAS = { metadata: 1, payload: 2, chunk: 4, vector: 8 } as const;
/** Id of the settings record; documents cannot have it, since their ids hold no control characters. */
export const SETTINGS_RECORD_ID = "\u0001settings";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** `at` is the time of writing, milliseconds since the epoch. */
export function encodeChange(change: IndexChange, at: number): LogRecord {
  switch (change.type) {
    case "put":
      return { id: change.document.id, data: encodePut(change.document, change.vector, at) };
    case "delete":
      return { id: change.id, data: withHeader(KIND.delete, HEADER_BYTES, at) };
    case "settings":
      return {
        id: SETTINGS_RECORD_ID,
        data: encodeJson(KIND.settings, { settings: change.settings, reset: change.reset }, at),
      };
    case "event":
      return { id: change.id, data: encodeJson(KIND.event, change.event, at) };
    case "erased":
      return { id: change.id, data: new Uint8Array(0), erased: true };
  }
}

/** `where` names the log in errors. */
export function decodeChange(record: LogRecord, where: string): IndexChange {
  if (record.erased === true) return { type: "erased", id: record.id };
  const { data } = record;
  if (data.length < HEADER_BYTES)
    throw new StorageCorruptError(where, `record ${JSON.stringify(record.id)} has ${data.length} bytes`);
  if ((data[0] as number) > FORMAT) throw new StorageNewerFormatError(where, data[0] as number, FORMAT);
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

function withHeader(kind: number, bytes: number, at: number): Uint8Array {
  const data = new Uint8Array(bytes);
  data[0] = FORMAT;
  data[1] = kind;
  new DataView(data.buffer).setFloat64(2, at, true);
  return data;
}

function encodeJson(kind: number, value: unknown, at: number): Uint8Array {
  const json = encoder.encode(JSON.stringify(value));
  const data = withHeader(kind, HEADER_BYTES + json.length, at);
  data.set(json, HEADER_BYTES);
  return data;
}

function decodeJson(data: Uint8Array): unknown {
  return JSON.parse(decoder.decode(data.subarray(HEADER_BYTES)));
}

/** Layout after the header: flags u8, then text, metadata, payload and parent id each as u32 length + UTF-8 (where the flag is set), position u32, scale f32, values int8[]. */
function encodePut(document: StoredDocument, vector: QuantizedVector | undefined, at: number): Uint8Array {
  const parts = [encoder.encode(document.text)];
  let flags = 0;
  if (document.metadata !== undefined) {
    flags |= HAS.metadata;
    parts.push(encoder.encode(JSON.stringify(document.metadata)));
  }
  if (document.payload !== undefined) {
    flags |= HAS.payload;
    parts.push(encoder.encode(JSON.stringify(document.payload)));
  }
  if (document.chunk !== undefined) {
    flags |= HAS.chunk;
    parts.push(encoder.encode(document.chunk.parentId));
  }
  if (vector !== undefined) flags |= HAS.vector;
  let size =
    HEADER_BYTES + 1 + (document.chunk === undefined ? 0 : 4) + (vector === undefined ? 0 : 4 + vector.values.length);
  for (const part of parts) size += 4 + part.length;

  const data = withHeader(KIND.put, size, at);
  const view = new DataView(data.buffer);
  data[HEADER_BYTES] = flags;
  let offset = HEADER_BYTES + 1;
  for (const part of parts) {
    view.setUint32(offset, part.length, true);
    data.set(part, offset + 4);
    offset += 4 + part.length;
  }
  if (document.chunk !== undefined) {
    view.setUint32(offset, document.chunk.position, true);
    offset += 4;
  }
  if (vector !== undefined) {
    view.setFloat32(offset, vector.scale, true);
    new Int8Array(data.buffer, offset + 4, vector.values.length).set(vector.values);
  }
  return data;
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
  if (flags & HAS.chunk) {
    const parentId = part();
    document.chunk = { parentId, position: view.getUint32(at, true) };
    at += 4;
  }
  let vector: QuantizedVector | undefined;
  if (flags & HAS.vector) {
    const values = new Int8Array(data.subarray(at + 4).slice().buffer);
    vector = { scale: view.getFloat32(at, true), values };
  }
  return { type: "put", document, vector };
}
