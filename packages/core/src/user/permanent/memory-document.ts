import type { StoredDocument } from "../../engine/index.ts";
import type { MemoryRecord } from "../memory-types.ts";

/** A memory as the permanent index holds it; the metadata is what searches need to know without decoding the payload. */
export function memoryDocument(record: MemoryRecord): StoredDocument {
  const parentId = record.provenance[0]?.sessionId;
  return {
    id: record.id,
    text: record.text,
    metadata: {
      kind: record.kind,
      validFrom: record.validFrom,
      ...(record.provenance.length < 2 ? {} : { lastAt: Math.max(...record.provenance.map(({ at }) => at)) }),
      ...(record.validTo === undefined ? {} : { validTo: record.validTo }),
    },
    payload: record as unknown as NonNullable<StoredDocument["payload"]>,
    ...(parentId === undefined ? {} : { chunk: { parentId, position: 0 } }),
  };
}

export function memoryOf(document: StoredDocument): MemoryRecord {
  return document.payload as unknown as MemoryRecord;
}

/** True from `validFrom` until before `validTo`. */
export function isValidAt(
  { validFrom, validTo }: { validFrom: number; validTo?: number | undefined },
  asOf: number,
): boolean {
  return validFrom <= asOf && (validTo === undefined || asOf < validTo);
}
