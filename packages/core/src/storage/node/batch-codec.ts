import { crc32 } from "node:zlib";
import type { LogRecord } from "../storage.ts";

/**
 * How a batch lies in the database, little-endian:
 *
 *     crc32 u32 (of all that follows) | records u32 | per record: flags u8, id bytes u32, data bytes u32, id, data
 *
 * Flag 1 marks a tombstone. What follows the last record is zeros: an erase leaves the length as it was.
 */
const HEADER_BYTES = 8;
const RECORD_HEADER_BYTES = 9;
const ERASED = 1;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The batch as bytes of their own, unsealed. */
export function encodeBatch(records: readonly LogRecord[]): Uint8Array<ArrayBuffer> {
  const ids = records.map((record) => encoder.encode(record.id));
  let length = HEADER_BYTES;
  for (const [i, record] of records.entries())
    length += RECORD_HEADER_BYTES + (ids[i]?.length ?? 0) + dataOf(record).length;
  const bytes = new Uint8Array(length);
  writeRecords(
    bytes,
    records.map((record, i) => ({
      id: ids[i] ?? new Uint8Array(0),
      data: dataOf(record),
      erased: record.erased === true,
    })),
  );
  return bytes;
}

/** Writes the checksum. */
export function sealBatch(bytes: Uint8Array): void {
  view(bytes).setUint32(0, crc32(bytes.subarray(4)), true);
}

export function isIntact(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER_BYTES && view(bytes).getUint32(0, true) === crc32(bytes.subarray(4));
}

/** The records of a batch whose checksum holds; their `data` are views of `bytes`. */
export function decodeBatch(bytes: Uint8Array): LogRecord[] {
  return rawRecords(bytes).map(({ id, data, erased }) => {
    const record = { id: decoder.decode(id), data };
    return erased ? { ...record, erased } : record;
  });
}

/**
 * The batch, sealed and of the same length, with a tombstone in the place of every record that has one of `ids`; and how
 * many there were. Undefined when there were none.
 */
export function eraseFromBatch(
  bytes: Uint8Array,
  ids: ReadonlySet<string>,
): { bytes: Uint8Array; erased: number } | undefined {
  let erased = 0;
  const records = rawRecords(bytes).map((record) => {
    if (record.erased || !ids.has(decoder.decode(record.id))) return record;
    erased += 1;
    return { id: record.id, data: new Uint8Array(0), erased: true };
  });
  if (erased === 0) return undefined;
  const rewritten = new Uint8Array(bytes.length);
  writeRecords(rewritten, records);
  sealBatch(rewritten);
  return { bytes: rewritten, erased };
}

interface RawRecord {
  id: Uint8Array;
  data: Uint8Array;
  erased: boolean;
}

function rawRecords(bytes: Uint8Array): RawRecord[] {
  const input = view(bytes);
  const records: RawRecord[] = [];
  let at = HEADER_BYTES;
  for (let left = input.getUint32(4, true); left > 0; left -= 1) {
    const idEnd = at + RECORD_HEADER_BYTES + input.getUint32(at + 1, true);
    const dataEnd = idEnd + input.getUint32(at + 5, true);
    const erased = (input.getUint8(at) & ERASED) !== 0;
    records.push({ id: bytes.subarray(at + RECORD_HEADER_BYTES, idEnd), data: bytes.subarray(idEnd, dataEnd), erased });
    at = dataEnd;
  }
  return records;
}

function writeRecords(bytes: Uint8Array, records: readonly RawRecord[]): void {
  const output = view(bytes);
  output.setUint32(4, records.length, true);
  let at = HEADER_BYTES;
  for (const { id, data, erased } of records) {
    output.setUint8(at, erased ? ERASED : 0);
    output.setUint32(at + 1, id.length, true);
    output.setUint32(at + 5, data.length, true);
    bytes.set(id, at + RECORD_HEADER_BYTES);
    bytes.set(data, at + RECORD_HEADER_BYTES + id.length);
    at += RECORD_HEADER_BYTES + id.length + data.length;
  }
}

function dataOf(record: LogRecord): Uint8Array {
  return record.erased ? new Uint8Array(0) : record.data;
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
