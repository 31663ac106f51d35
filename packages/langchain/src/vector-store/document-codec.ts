import { Document, type DocumentInterface } from "@langchain/core/documents";
import type { JsonValue, Document as SottoDocument, StoredDocument } from "@sotto/core";
import { isZero, paddedVector } from "../embeddings/padded-vector.ts";
import { filterableMetadata } from "./filterable-metadata.ts";
import { textToVector, vectorToText } from "./vector-text.ts";

/** What the payload of a document of LangChain holds: its metadata as it was, and its vector. */
interface LangChainPayload {
  langchain: { metadata: Record<string, unknown>; vector?: string };
}

/** `vector` undefined: the index's embedder makes it from the text. */
export function encodeDocument(
  id: string,
  document: DocumentInterface,
  vector: readonly number[] | undefined,
  filterable?: readonly string[],
): SottoDocument {
  const metadata = asJson(document.metadata ?? {});
  const padded = vector === undefined || isZero(vector) ? undefined : paddedVector(vector);
  const payload: LangChainPayload = {
    langchain: { metadata, ...(padded === undefined ? {} : { vector: vectorToText(padded) }) },
  };
  return {
    id,
    text: document.pageContent,
    metadata: filterableMetadata(metadata, filterable),
    ...(padded === undefined ? {} : { embedding: padded }),
    payload: payload as unknown as JsonValue,
  };
}

/** The document as it was handed in; also one that was not written through LangChain. */
export function decodeDocument({ id, text, metadata, payload }: StoredDocument): Document {
  return new Document({
    id,
    pageContent: text,
    metadata: asJson(isLangChainPayload(payload) ? payload.langchain.metadata : { ...metadata }),
  });
}

export function storedVector({ payload }: StoredDocument): number[] | undefined {
  const text = isLangChainPayload(payload) ? payload.langchain.vector : undefined;
  return text === undefined ? undefined : textToVector(text);
}

function isLangChainPayload(payload: unknown): payload is LangChainPayload {
  return typeof (payload as LangChainPayload | undefined)?.langchain?.metadata === "object";
}

/** A copy that JSON can hold: dates become text, what is undefined is left out. */
function asJson(metadata: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(metadata));
}
