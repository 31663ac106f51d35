import {
  DocumentInvalidError,
  DuplicateIdError,
  InvalidArgumentError,
  LimitExceededError,
} from "../../errors/index.ts";
import type { Limits } from "../../limits.ts";
import type { Document } from "../documents/index.ts";
import { describeValue } from "../documents/index.ts";
import { unstorable } from "./unstorable.ts";
import { validateEmbedding } from "./validate-embedding.ts";
import { validateMetadata } from "./validate-metadata.ts";
import { validatePayload } from "./validate-payload.ts";

export interface DocumentRules {
  limits: Limits;
  /** Length that embeddings must have; any when it is undefined. */
  dimensions?: number | undefined;
}

/**
 * Checks the documents of one call before any is written. Throws `argument.invalid`, `document.invalid`,
 * `document.duplicate_id`, `embedding.invalid` or `limit.exceeded` for the first that is wrong. A blank text is allowed
 * with an embedding only.
 */
export function validateDocuments(documents: unknown, rules: DocumentRules): asserts documents is readonly Document[] {
  if (!Array.isArray(documents)) {
    throw new InvalidArgumentError("documents", `it must be an array of documents, not ${describeValue(documents)}`);
  }
  const { documentsPerCall } = rules.limits;
  if (documents.length > documentsPerCall) {
    throw new LimitExceededError("documentsPerCall", documentsPerCall, documents.length, "Documents in one call");
  }
  const positions = new Map<string, number>();
  for (let position = 0; position < documents.length; position++) {
    const id = validateDocument(documents[position], position, rules);
    const first = positions.get(id);
    if (first !== undefined) throw new DuplicateIdError(id, first, position);
    positions.set(id, position);
  }
}

/** Answers the id. */
function validateDocument(document: unknown, position: number, { limits, dimensions }: DocumentRules): string {
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new DocumentInvalidError(
      undefined,
      `document ${position} of the call is ${describeValue(document)}, not an object`,
    );
  }
  const { id, text, title, metadata, embedding, payload } = document as Partial<Record<keyof Document, unknown>>;
  validateId(id, position, limits);
  if (typeof text !== "string")
    throw new DocumentInvalidError(id, `its text must be a string, not ${describeValue(text)}`);
  if (text.length > limits.documentChars) {
    const of = `document ${JSON.stringify(id.slice(0, 200))}`;
    throw new LimitExceededError("documentChars", limits.documentChars, text.length, `Characters of ${of}`);
  }
  if (text.trim() === "" && embedding === undefined) {
    throw new DocumentInvalidError(id, "its text is empty and it has no embedding, so nothing could find it");
  }
  if (title !== undefined) validateTitle(title, id, limits);
  if (embedding !== undefined) validateEmbedding(embedding, dimensions, id);
  if (metadata !== undefined) validateMetadata(metadata, id, limits);
  if (payload !== undefined) validatePayload(payload, id, limits);
  return id;
}

function validateTitle(title: unknown, id: string, { titleChars }: Limits): void {
  if (typeof title !== "string" || title.trim() === "")
    throw new DocumentInvalidError(id, `its title must be a string that is not blank, not ${describeValue(title)}`);
  if (title.length > titleChars) {
    const of = `the title of document ${JSON.stringify(id.slice(0, 200))}`;
    throw new LimitExceededError("titleChars", titleChars, title.length, `Characters of ${of}`);
  }
}

function validateId(id: unknown, position: number, { documentIdChars }: Limits): asserts id is string {
  if (typeof id !== "string" || id === "") {
    const was = id === "" ? "is empty" : `must be a string, not ${describeValue(id)}`;
    throw new DocumentInvalidError(undefined, `the id of document ${position} of the call ${was}`);
  }
  if (id.length > documentIdChars) {
    throw new LimitExceededError(
      "documentIdChars",
      documentIdChars,
      id.length,
      `Characters of the id of document ${position} of the call`,
    );
  }
  if (unstorable.test(id))
    throw new DocumentInvalidError(id, "its id holds a control character or half a surrogate pair");
}
