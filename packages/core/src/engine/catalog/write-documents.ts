import {
  DocumentExistsError,
  EmbedderMismatchError,
  hasCode,
  IndexExistsError,
  InvalidArgumentError,
} from "../../errors/index.ts";
import { nextTurn } from "../../steps.ts";
import type { ChunkingOptions } from "../chunking/index.ts";
import { chunkDocument } from "../chunking/index.ts";
import type { Document, Metadata, StoredDocument } from "../documents/index.ts";
import { embeddedText } from "../documents/index.ts";
import type { Embedder } from "../embedding/index.ts";
import { embedTexts } from "../embedding/index.ts";
import type { Filter } from "../filter/index.ts";
import { compileFilter, evaluateFilter } from "../filter/index.ts";
import type { IndexChange, IndexSettings, StoredIndex } from "../log/index.ts";
import { validateDocuments, validateMetadata } from "../validate/index.ts";
import type { QuantizedVector } from "../vectors/index.ts";
import { quantizeVector } from "../vectors/index.ts";
import type { IndexCatalog } from "./index-catalog.ts";
import type {
  AddDocsOptions,
  AddDocsResult,
  CreateIndexOptions,
  CreateIndexResult,
  DeleteDocsResult,
  Progress,
} from "./index-types.ts";

/** Chunks to a batch of the log. A call of up to so many is all or nothing; a larger one is written in such steps. */
const CHUNKS_PER_BATCH = 10_000;
/** Documents are cut, and vectors quantised, in slices of so many, between which the event loop runs on. */
const SLICE = 1_000;

/** Builds an index, or adds to it: see `CreateIndexOptions`. */
export async function createIndex(
  catalog: IndexCatalog,
  name: string,
  documents: readonly Document[],
  options: CreateIndexOptions = {},
): Promise<CreateIndexResult> {
  const { clock, defaultEmbedder, embedders, limits } = catalog.options;
  const { ifExists = "append" } = options;
  if (!["append", "replace", "error"].includes(ifExists)) {
    throw new InvalidArgumentError("ifExists", `${JSON.stringify(ifExists)} is not "append", "replace" or "error"`);
  }
  const metadata = options.metadata ?? {};
  validateMetadata(metadata, undefined, limits);
  const embedder = options.embedder === undefined ? defaultEmbedder : embedders.get(options.embedder);
  if (embedder === undefined) throw new EmbedderMismatchError(name, options.embedder as string, defaultEmbedder.id);
  validateDocuments(documents, { limits, dimensions: embedder.dimensions });

  const settings: IndexSettings = {
    embedderId: embedder.id,
    dimensions: embedder.dimensions,
    metadata,
    createdAt: clock.now(),
    ...(options.chunking === undefined ? {} : { chunking: options.chunking }),
  };
  const existing = await loadExisting(catalog, name);
  if (existing !== undefined && ifExists === "error") throw new IndexExistsError(name);
  if (existing !== undefined && ifExists === "append") {
    const { embedderId } = existing.settings as IndexSettings;
    if (options.embedder !== undefined && embedderId !== options.embedder)
      throw new EmbedderMismatchError(name, embedderId, options.embedder);
  }
  const stored = existing ?? (await catalog.loadOrCreate(name, settings));
  const first: IndexChange[] =
    existing !== undefined && ifExists === "replace" ? [{ type: "settings", settings, reset: true }] : [];
  await write(catalog, name, stored, documents, {
    ...options,
    first,
    ...(first.length === 0 ? {} : { settings }),
    metadata,
    chunking: options.chunking,
  });
  await stored.snapshotIfMuchChanged();
  const { documents: table } = stored.index;
  return { indexName: name, docCount: table.parentCount, chunkCount: table.size, version: stored.version };
}

/** Adds documents to an index that exists. */
export async function addDocs(
  catalog: IndexCatalog,
  name: string,
  documents: readonly Document[],
  options: AddDocsOptions = {},
): Promise<AddDocsResult> {
  const stored = await catalog.load(name);
  return addToStored(catalog, name, stored, documents, options);
}

/** The same on an open index: a session is one, too. */
export async function addToStored(
  catalog: IndexCatalog,
  name: string,
  stored: StoredIndex,
  documents: readonly Document[],
  options: AddDocsOptions = {},
): Promise<AddDocsResult> {
  const settings = stored.settings as IndexSettings;
  validateDocuments(documents, { limits: catalog.options.limits, dimensions: settings.dimensions });
  return write(catalog, name, stored, documents, { ...options, first: [], metadata: {}, chunking: undefined });
}

/** Deletes by id (a chunked document by its parent's id, with all its chunks) or by filter. */
export async function deleteFromStored(
  catalog: IndexCatalog,
  stored: StoredIndex,
  what: readonly string[] | { filter: Filter },
): Promise<DeleteDocsResult> {
  const ids = Array.isArray(what)
    ? (what as readonly string[])
    : idsMatching(catalog, stored, (what as { filter: Filter }).filter);
  for (const id of ids)
    if (typeof id !== "string") throw new InvalidArgumentError("ids", `${String(id)} is not a string`);
  const { documents } = stored.index;
  const targets = new Set<string>();
  for (const id of ids) {
    if (documents.slotOf(id) !== undefined) targets.add(id);
    for (const chunkId of documents.chunkIdsOf(id)) targets.add(chunkId);
  }
  if (targets.size === 0) return { deleted: 0, version: stored.version };
  const { deleted, version } = await stored.append(Array.from(targets, (id): IndexChange => ({ type: "delete", id })));
  return { deleted, version };
}

interface WriteOptions extends AddDocsOptions {
  /** Changes that go before the first documents, in the same batch. */
  first: readonly IndexChange[];
  /** The settings to come, when `first` replaces them. */
  settings?: IndexSettings;
  metadata: Metadata;
  chunking: ChunkingOptions | undefined;
}

async function write(
  catalog: IndexCatalog,
  name: string,
  stored: StoredIndex,
  documents: readonly Document[],
  options: WriteOptions,
): Promise<AddDocsResult> {
  const settings = options.settings ?? (stored.settings as IndexSettings);
  const embedder = catalog.embedderOf(name, settings);
  const metadata = { ...settings.metadata, ...options.metadata };
  const chunking = options.chunking ?? settings.chunking;
  const result: AddDocsResult = { added: 0, updated: 0, version: stored.version, withoutEmbedding: 0 };
  const chunks = await cut(documents, chunking, metadata, (done) =>
    options.onProgress?.({ phase: "chunk", done, total: documents.length }),
  );
  let first = options.first;
  for (let start = 0; start < chunks.length || first.length > 0; start += CHUNKS_PER_BATCH) {
    const step = chunks.slice(start, start + CHUNKS_PER_BATCH);
    const puts = await prepare(embedder, step, start, chunks.length, options, result);
    await appendStep(name, stored, documents, [...first, ...puts], start, options, result);
    first = [];
    options.onProgress?.({ phase: "write", done: start + step.length, total: chunks.length });
  }
  return result;
}

/** Embeds what has no vector of its own. */
async function prepare(
  embedder: Embedder,
  chunks: readonly Chunk[],
  start: number,
  total: number,
  options: { signal?: AbortSignal; onProgress?: (progress: Progress) => void },
  result: AddDocsResult,
): Promise<IndexChange[]> {
  const texts = chunks.filter((chunk) => chunk.vector === undefined).map((chunk) => embeddedText(chunk.document));
  const vectors = await embedTexts(embedder, texts, {
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onBatch: (done) =>
      options.onProgress?.({ phase: "embed", done: start + done + chunks.length - texts.length, total }),
  });
  let next = 0;
  const puts: IndexChange[] = [];
  for (const { document, vector: own } of chunks) {
    if (puts.length > 0 && puts.length % SLICE === 0) await nextTurn();
    const embedded = own === undefined ? (vectors[next++] as Float32Array | null) : null;
    const vector = own ?? (embedded === null ? undefined : quantizeVector(embedded));
    if (vector === undefined) result.withoutEmbedding++;
    puts.push({ type: "put", document, vector });
  }
  return puts;
}

/** One batch; chunks of earlier versions of the same documents are taken out after the new ones are in. */
async function appendStep(
  name: string,
  stored: StoredIndex,
  documents: readonly Document[],
  puts: readonly IndexChange[],
  start: number,
  options: WriteOptions,
  result: AddDocsResult,
): Promise<void> {
  const idempotencyKey =
    options.idempotencyKey === undefined
      ? undefined
      : start === 0
        ? options.idempotencyKey
        : `${options.idempotencyKey}/${start}`;
  for (;;) {
    const stale = start === 0 && options.settings === undefined ? staleIds(stored, documents, puts) : [];
    const expectedVersion = options.upsert === false ? stored.version : undefined;
    if (options.upsert === false) assertNew(name, stored, documents, puts);
    try {
      const applied = await stored.append([...puts, ...stale.map((id): IndexChange => ({ type: "delete", id }))], {
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
        ...(options.durability === undefined ? {} : { durability: options.durability }),
        ...(expectedVersion === undefined ? {} : { expectedVersion }),
      });
      result.added += applied.added;
      result.updated += applied.updated;
      result.version = applied.version;
      return;
    } catch (error) {
      if (expectedVersion === undefined || !hasCode(error, "storage.version_conflict")) throw error;
      await stored.refresh();
    }
  }
}

/** What the index holds of these documents under ids that are not written anew: chunks of a longer or unchunked version. */
function staleIds(stored: StoredIndex, documents: readonly Document[], puts: readonly IndexChange[]): string[] {
  const { documents: table } = stored.index;
  if (table.size === 0) return [];
  const written = new Set<string>();
  for (const put of puts) if (put.type === "put") written.add(put.document.id);
  const stale: string[] = [];
  for (const { id } of documents) {
    for (const chunkId of table.chunkIdsOf(id)) if (!written.has(chunkId)) stale.push(chunkId);
    if (table.slotOf(id) !== undefined && !written.has(id)) stale.push(id);
  }
  return stale;
}

function assertNew(
  name: string,
  stored: StoredIndex,
  documents: readonly Document[],
  puts: readonly IndexChange[],
): void {
  const { documents: table } = stored.index;
  const taken = new Set<string>();
  for (const { id } of documents) if (table.slotOf(id) !== undefined || table.hasParent(id)) taken.add(id);
  for (const put of puts)
    if (put.type === "put" && table.slotOf(put.document.id) !== undefined) taken.add(put.document.id);
  if (taken.size > 0) throw new DocumentExistsError(name, [...taken]);
}

interface Chunk {
  document: StoredDocument;
  /** Of a document that brought its embedding. */
  vector?: QuantizedVector;
}

async function cut(
  documents: readonly Document[],
  chunking: ChunkingOptions | undefined,
  metadata: Metadata,
  onDone: (done: number) => void,
): Promise<Chunk[]> {
  const shared = Object.keys(metadata).length > 0;
  const chunks: Chunk[] = [];
  for (const [position, document] of documents.entries()) {
    const own = shared ? { ...metadata, ...document.metadata } : document.metadata;
    const stored: StoredDocument = { id: document.id, text: document.text };
    if (document.title !== undefined) stored.title = document.title;
    if (own !== undefined) stored.metadata = own;
    if (document.payload !== undefined) stored.payload = document.payload;
    if (chunking === undefined || document.embedding !== undefined) {
      const { embedding } = document;
      chunks.push(
        embedding === undefined
          ? { document: stored }
          : { document: stored, vector: quantizeVector(floats(embedding)) },
      );
    } else {
      for (const part of chunkDocument(document.text, chunking)) {
        const id = `${document.id}#${part.position}`;
        chunks.push({
          document: { ...stored, id, text: part.text, chunk: { parentId: document.id, position: part.position } },
        });
      }
    }
    if ((position + 1) % SLICE === 0 || position + 1 === documents.length) {
      onDone(position + 1);
      if (position + 1 < documents.length) await nextTurn();
    }
  }
  return chunks;
}

function floats(embedding: ArrayLike<number>): Float32Array {
  return embedding instanceof Float32Array ? embedding : Float32Array.from(embedding);
}

function idsMatching(catalog: IndexCatalog, stored: StoredIndex, filter: Filter): string[] {
  const { index } = stored;
  const slots = evaluateFilter(
    compileFilter(filter, catalog.options.limits),
    index.columns,
    index.live,
    index.documents.slotCount,
  ).toSlots();
  return Array.from(slots, (slot) => index.documents.idAt(slot) as string);
}

async function loadExisting(catalog: IndexCatalog, name: string): Promise<StoredIndex | undefined> {
  try {
    return await catalog.load(name);
  } catch (error) {
    if (hasCode(error, "index.not_found")) return undefined;
    throw error;
  }
}
