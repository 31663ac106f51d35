import type { Document } from "@langchain/core/documents";
import type { Hit } from "@sotto/core";
import { decodeDocument } from "../vector-store/document-codec.ts";

/** What a retriever adds to a document's own metadata. */
export interface HitMetadata {
  /** In [0, 1]; comparable between the indexes of one search. */
  score: number;
  /** The index that it came from. */
  index: string;
  /** The document's own `source`, else the id of the document that a chunk was cut from, else the id. */
  source: string;
  /** The document that a chunk was cut from, and the chunk's 0-based number in it. */
  parentId?: string;
  position?: number;
  [field: string]: unknown;
}

export function hitToDocument(hit: Hit): Document<HitMetadata> {
  const document = decodeDocument(hit) as Document<HitMetadata>;
  const { source } = document.metadata as { source?: unknown };
  document.metadata = {
    ...document.metadata,
    score: hit.score,
    index: hit.index,
    source: typeof source === "string" ? source : (hit.chunk?.parentId ?? hit.id),
    ...hit.chunk,
    ...(hit.explain === undefined ? {} : { explain: hit.explain }),
  };
  return document;
}
