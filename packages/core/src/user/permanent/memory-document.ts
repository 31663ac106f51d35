import type { MetadataValue, StoredDocument } from "../../engine/index.ts";
import type { MemoryRecord } from "../memory-types.ts";

/** Fields that filters can name. */
const FIELD = /^[A-Za-z_][A-Za-z0-9_.-]*$/u;
const MOST_CHARS = 1_000;

/** A memory as the permanent index holds it; the metadata is what searches need to know without decoding the payload. */
export function memoryDocument(record: MemoryRecord): StoredDocument {
  const parentId = record.provenance[0]?.sessionId;
  return {
    id: record.id,
    text: record.text,
    metadata: {
      ...searchable(record.metadata),
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

/** When it was last said, else when it became true. */
export function lastSaid({ provenance, validFrom }: MemoryRecord): number {
  return provenance.reduce((newest, { at }) => Math.max(newest, at), validFrom);
}

/** Of a memory's metadata what a filter can compare with, and that there is some. */
function searchable(metadata: MemoryRecord["metadata"]): Record<string, MetadataValue> {
  const found: Record<string, MetadataValue> = {};
  for (const [field, value] of Object.entries(metadata ?? {})) {
    if (!FIELD.test(field)) continue;
    if (typeof value === "string" && value.length <= MOST_CHARS) found[field] = value;
    else if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) found[field] = value;
    else if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string"))
      found[field] = value as string[];
  }
  return metadata === undefined ? {} : { ...found, tagged: 1 };
}
