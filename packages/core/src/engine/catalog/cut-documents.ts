import { DocumentInvalidError } from "../../errors/index.ts";
import { nextTurn } from "../../steps.ts";
import { type ChunkingOptions, chunkDocument } from "../chunking/index.ts";
import type { Document, Metadata, StoredDocument } from "../documents/index.ts";
import { type QuantizedVector, quantizeVector } from "../vectors/index.ts";

/** Documents are cut in slices of so many, between which the event loop runs on. */
const SLICE = 1_000;

export interface Chunk {
  document: StoredDocument;
  /** Of a document that brought its embedding. */
  vector?: QuantizedVector;
}

/** A document as it is handed in, and the passages that it becomes: itself, uncut, or one or more of its own. */
export interface CutDocument {
  id: string;
  chunks: readonly Chunk[];
}

export interface CutOptions {
  chunking: ChunkingOptions | undefined;
  /** Put on every chunk, under the document's own. */
  metadata: Metadata;
  onDone(done: number): void;
}

/** Cuts the documents of one call. Throws `document.invalid` when a passage would get the id of another document of the call. */
export async function cutDocuments(documents: readonly Document[], options: CutOptions): Promise<CutDocument[]> {
  const ids = options.chunking === undefined ? undefined : new Set(documents.map(({ id }) => id));
  const cut: CutDocument[] = [];
  for (const document of documents) {
    const chunks = cutDocument(document, options);
    for (const { document: part } of chunks) {
      if (part.chunk === undefined || ids?.has(part.id) !== true) continue;
      throw new DocumentInvalidError(
        document.id,
        `its passage ${JSON.stringify(part.id)} would replace the document of that id in the same call`,
      );
    }
    cut.push({ id: document.id, chunks });
    const isLast = cut.length === documents.length;
    if (cut.length % SLICE !== 0 && !isLast) continue;
    options.onDone(cut.length);
    if (!isLast) await nextTurn();
  }
  return cut;
}

function cutDocument(document: Document, { chunking, metadata }: CutOptions): Chunk[] {
  const { id, text, title, payload, embedding } = document;
  const own = Object.keys(metadata).length > 0 ? { ...metadata, ...document.metadata } : document.metadata;
  const stored: StoredDocument = { id, text };
  if (title !== undefined) stored.title = title;
  if (own !== undefined) stored.metadata = own;
  if (payload !== undefined) stored.payload = payload;
  if (embedding !== undefined) return [{ document: stored, vector: quantizeVector(floats(embedding)) }];
  if (chunking === undefined) return [{ document: stored }];
  return chunkDocument(text, chunking).map((part) => ({
    document: {
      ...stored,
      id: `${id}#${part.position}`,
      text: part.text,
      chunk: { parentId: id, position: part.position },
    },
  }));
}

function floats(embedding: ArrayLike<number>): Float32Array {
  return embedding instanceof Float32Array ? embedding : Float32Array.from(embedding);
}
