import { DocumentInvalidError, LimitExceededError } from "../../errors/index.ts";
import type { Limits } from "../../limits.ts";
import { describeValue, isPlainObject } from "../documents/index.ts";

/** Deeper ones are an error before they can exhaust the stack. */
const DEEPEST = 200;
const MOST_UTF8_BYTES_PER_UNIT = 3;

/**
 * Checks that a payload is what JSON can hold and give back: strings, finite numbers, booleans, null, arrays and plain
 * objects, no cycles, nested at most 200 deep; properties that are undefined are left out, as JSON does. At most
 * `limits.payloadBytes` bytes of UTF-8.
 */
export function validatePayload(payload: unknown, documentId: string, limits: Pick<Limits, "payloadBytes">): void {
  checkJson(payload, "payload", [], documentId);
  const json = JSON.stringify(payload);
  if (json.length * MOST_UTF8_BYTES_PER_UNIT <= limits.payloadBytes) return;
  const bytes = new TextEncoder().encode(json).length;
  if (bytes > limits.payloadBytes) {
    const of = `document ${JSON.stringify(documentId.slice(0, 200))}`;
    throw new LimitExceededError("payloadBytes", limits.payloadBytes, bytes, `Bytes of the payload of ${of}`);
  }
}

function checkJson(value: unknown, path: string, above: readonly unknown[], documentId: string): void {
  if (value === null || typeof value === "string" || typeof value === "boolean") return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (!Array.isArray(value) && !isPlainObject(value)) {
    throw new DocumentInvalidError(documentId, `its ${path} is ${describeValue(value)}, which JSON cannot hold`);
  }
  if (above.includes(value)) throw new DocumentInvalidError(documentId, `its ${path} contains itself`);
  if (above.length >= DEEPEST)
    throw new DocumentInvalidError(documentId, `its payload is nested deeper than ${DEEPEST}`);
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") {
    throw new DocumentInvalidError(documentId, `its ${path} has a toJSON function`);
  }
  const inside = [...above, value];
  if (Array.isArray(value)) {
    for (let n = 0; n < value.length; n++) checkJson(value[n], `${path}[${n}]`, inside, documentId);
    return;
  }
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined) checkJson(value[key], `${path}.${key.slice(0, 100)}`.slice(-400), inside, documentId);
  }
}
