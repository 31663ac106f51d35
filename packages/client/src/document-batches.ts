import { type Document, DuplicateIdError } from "@sotto/core";
import { DOCUMENTS_PER_REQUEST, REQUEST_BYTES } from "./contract/index.ts";
import { requestBody } from "./request-body.ts";

/** Left for the name, the options and the braces around the documents. */
const ROOM = 64 * 1024;
const BYTES_PER_CHAR = 3;

/**
 * Documents cut into requests that the server takes. Throws `document.duplicate_id` for an id that is there twice: the
 * server would see only one of the two requests at a time.
 */
export function documentBatches(documents: readonly Document[]): (readonly Document[])[] {
  if (!Array.isArray(documents)) return [documents];
  refuseDuplicates(documents);
  const batches: Document[][] = [];
  let current: Document[] = [];
  let bytes = 0;
  for (const document of documents) {
    const size = bytesOf(document);
    if (current.length > 0 && (current.length === DOCUMENTS_PER_REQUEST || bytes + size > REQUEST_BYTES - ROOM)) {
      batches.push(current);
      current = [];
      bytes = 0;
    }
    current.push(document);
    bytes += size;
  }
  return current.length > 0 || batches.length === 0 ? [...batches, current] : batches;
}

/** Exact where it matters: a short text cannot be more than three bytes a character. */
function bytesOf(document: Document): number {
  const json = requestBody(["d"], [document]);
  return json.length * BYTES_PER_CHAR < 2_000 ? json.length * BYTES_PER_CHAR : new TextEncoder().encode(json).length;
}

function refuseDuplicates(documents: readonly Document[]): void {
  const places = new Map<string, number>();
  for (const [place, document] of documents.entries()) {
    const id: unknown = document?.id;
    if (typeof id !== "string") continue;
    const first = places.get(id);
    if (first !== undefined) throw new DuplicateIdError(id, first, place);
    places.set(id, place);
  }
}
