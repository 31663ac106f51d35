import {
  DocumentExistsError,
  EmbedderMismatchError,
  hasCode,
  IndexExistsError,
  InvalidArgumentError,
  SottoError,
} from "../../errors/index.ts";
import { checkOptions } from "../../options.ts";
import { nextTurn } from "../../steps.ts";
import type { ChunkingOptions } from "../chunking/index.ts";
import { type Document, embeddedText, type Metadata } from "../documents/index.ts";
import { type Embedder, embedTexts } from "../embedding/index.ts";
import type { IndexChange, IndexSettings, StoredIndex } from "../log/index.ts";
import { validateDocuments, validateMetadata } from "../validate/index.ts";
import { quantizeVector } from "../vectors/index.ts";
import { type CutDocument, cutDocuments } from "./cut-documents.ts";
import type { IndexCatalog } from "./index-catalog.ts";
import { addDocsShape, createIndexShape } from "./index-options.ts";
import type { AddDocsOptions, AddDocsResult, CreateIndexOptions, CreateIndexResult } from "./index-types.ts";
import { searchableOf } from "./searchable-collection.ts";
import { assertCanSearch, assertNewElsewhere, putStep } from "./searchable-write.ts";
import { countNew, planWrite, staleIds, takenIds, type WriteStep } from "./write-plan.ts";

/** Vectors are quantised in slices of so many, between which the event loop runs on. */
const SLICE = 1_000;

/** Builds an index, or adds to it: see `CreateIndexOptions`. */
export async function createIndex(
  catalog: IndexCatalog,
  name: string,
  documents: readonly Document[],
  options: CreateIndexOptions = {},
): Promise<CreateIndexResult> {
  checkOptions("createIndex", options, createIndexShape);
  const { clock, defaultEmbedder, embedders, limits } = catalog.options;
  const { ifExists = "append" } = options;
  const metadata = options.metadata ?? {};
  validateMetadata(metadata, undefined, limits);
  const embedder = options.embedder === undefined ? defaultEmbedder : embedders.get(options.embedder);
  if (embedder === undefined) throw new EmbedderMismatchError(name, options.embedder as string, defaultEmbedder.id);
  validateDocuments(documents, { limits, dimensions: embedder.dimensions });

  const settings: IndexSettings = {
    embedderId: embedder.id,
    dimensions: embedder.dimensions,
    kind: "knowledge",
    metadata,
    createdAt: clock.now(),
    ...(options.embedder === undefined ? {} : { embedderNamed: true }),
    ...(options.chunking === undefined ? {} : { chunking: options.chunking }),
    // Vectors in the store are not made anew in the background: it keeps its embedder.
    ...(options.searchable === true ? { searchable: true, embedderNamed: true } : {}),
  };
  if (options.searchable === true) assertCanSearch(catalog);
  const existing = await loadExisting(catalog, name);
  if (existing !== undefined && ifExists === "error") throw new IndexExistsError(name);
  if (existing !== undefined && ifExists === "append") {
    const current = existing.settings as IndexSettings;
    if (options.embedder !== undefined && current.embedderId !== options.embedder)
      throw new EmbedderMismatchError(name, current.embedderId, options.embedder);
    if (current.kind === "own")
      await existing.append([{ type: "settings", settings: { ...current, kind: "knowledge" }, reset: false }]);
  }
  const stored = existing ?? (await catalog.loadOrCreate(name, settings));
  const searchable = searchableOf(catalog, stored);
  if (options.searchable !== undefined && options.searchable !== (searchable !== undefined)) {
    throw new InvalidArgumentError("searchable", `the index "${name}" was made the other way: delete it first`);
  }
  await write(catalog, name, stored, documents, {
    ...options,
    metadata,
    chunking: options.chunking,
    ...(existing !== undefined && ifExists === "replace"
      ? { replaceBy: searchable === undefined ? settings : { ...settings, searchable: true, embedderNamed: true } }
      : {}),
  });
  if (searchable !== undefined) {
    const { documents: docCount, chunks: chunkCount, version } = await searchable.store.statistics(searchable.key, []);
    return { indexName: name, docCount, chunkCount, version };
  }
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
  checkOptions("addDocs", options, addDocsShape);
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
  checkOptions("addDocs", options, addDocsShape);
  const settings = stored.settings as IndexSettings;
  validateDocuments(documents, { limits: catalog.options.limits, dimensions: settings.dimensions });
  return write(catalog, name, stored, documents, {
    ...options,
    metadata: {},
    chunking: undefined,
  });
}

interface WriteOptions extends AddDocsOptions {
  metadata: Metadata;
  chunking: ChunkingOptions | undefined;
  /** Of an index that these documents are to replace. */
  replaceBy?: IndexSettings;
}

/** Plans the whole call before the first write, then writes it step by step. */
async function write(
  catalog: IndexCatalog,
  name: string,
  stored: StoredIndex,
  documents: readonly Document[],
  options: WriteOptions,
): Promise<AddDocsResult> {
  const current = stored.settings as IndexSettings;
  const settings = options.replaceBy ?? current;
  const embedder = catalog.embedderOf(name, settings);
  const cut = await cutDocuments(documents, {
    chunking: options.chunking ?? settings.chunking,
    metadata: { ...settings.metadata, ...options.metadata },
    onDone: (done) => options.onProgress?.({ phase: "chunk", done, total: documents.length }),
  });
  const searchable = searchableOf(catalog, stored);
  if (options.upsert === false && searchable === undefined) assertNew(name, stored, cut);
  const steps = planWrite(cut, searchable === undefined ? options.replaceBy && { settings, current } : undefined);
  const elsewhere = searchable && { searchable, name, settings };
  if (elsewhere !== undefined && options.upsert === false) await assertNewElsewhere(elsewhere, cut);
  if (elsewhere !== undefined && options.replaceBy !== undefined) {
    await stored.append([{ type: "settings", settings, reset: true }]);
    if (steps.length === 0) steps.push({ documents: [], start: 0, chunkCount: 0, before: [] });
  }
  const total = cut.reduce((sum, { chunks }) => sum + chunks.length, 0);
  const result: AddDocsResult = { added: 0, updated: 0, version: stored.version, withoutEmbedding: 0 };
  let written = 0;
  try {
    for (const step of steps) {
      const puts = await embedStep(embedder, step, total, options, result);
      const reset = options.replaceBy !== undefined && step.start === 0;
      if (elsewhere === undefined) await appendStep(name, stored, step, puts, options, result);
      else await putStep(catalog, elsewhere, step, { puts, reset }, options, result);
      written += step.documents.length;
      options.onProgress?.({ phase: "write", done: step.start + step.chunkCount, total });
    }
  } catch (error) {
    throw written === 0 ? error : partlyWritten(error, written, documents.length);
  }
  return result;
}

/** Embeds what has no vector of its own. */
async function embedStep(
  embedder: Embedder,
  { documents, start, chunkCount }: WriteStep,
  total: number,
  options: Pick<AddDocsOptions, "signal" | "onProgress">,
  result: AddDocsResult,
): Promise<IndexChange[]> {
  const chunks = documents.flatMap((document) => document.chunks);
  const texts = chunks.filter((chunk) => chunk.vector === undefined).map((chunk) => embeddedText(chunk.document));
  const vectors = await embedTexts(embedder, texts, {
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    onBatch: (done) => options.onProgress?.({ phase: "embed", done: start + done + chunkCount - texts.length, total }),
  });
  let next = 0;
  const puts: IndexChange[] = [];
  for (const { document, vector: own } of chunks) {
    if (puts.length > 0 && puts.length % SLICE === 0) await nextTurn();
    const embedded = own === undefined ? (vectors[next++] ?? null) : null;
    const vector = own ?? (embedded === null ? undefined : quantizeVector(embedded));
    if (vector === undefined) result.withoutEmbedding++;
    puts.push({ type: "put", document, vector });
  }
  return puts;
}

/** One batch: the documents' new versions, and in the same moment out with what they make stale. */
async function appendStep(
  name: string,
  stored: StoredIndex,
  step: WriteStep,
  puts: readonly IndexChange[],
  options: WriteOptions,
  result: AddDocsResult,
): Promise<void> {
  const { idempotencyKey, durability, upsert } = options;
  for (;;) {
    const expectedVersion = upsert === false ? stored.version : undefined;
    if (upsert === false) assertNew(name, stored, step.documents);
    const counts = countNew(stored, step);
    const changes: IndexChange[] = [...step.before, ...puts];
    for (const id of staleIds(stored, step)) changes.push({ type: "delete", id });
    if (step.replaces !== undefined) changes.push({ type: "settings", settings: step.replaces.settings, reset: false });
    try {
      const applied = await stored.append(changes, {
        ...(idempotencyKey === undefined
          ? {}
          : { idempotencyKey: step.start === 0 ? idempotencyKey : `${idempotencyKey}/${step.start}` }),
        ...(durability === undefined ? {} : { durability }),
        ...(expectedVersion === undefined ? {} : { expectedVersion }),
      });
      result.version = applied.version;
      if (applied.duplicate) return;
      result.added += counts.added;
      result.updated += counts.updated;
      return;
    } catch (error) {
      if (expectedVersion === undefined || !hasCode(error, "storage.version_conflict")) throw error;
      await stored.refresh();
    }
  }
}

function assertNew(name: string, stored: StoredIndex, documents: readonly CutDocument[]): void {
  const taken = takenIds(stored, documents);
  if (taken.length > 0) throw new DocumentExistsError(name, taken);
}

/** The same error, saying how far the call came; what the caller threw (an abort's reason) stays as it is. */
function partlyWritten(error: unknown, written: number, total: number): unknown {
  if (!SottoError.isInstance(error)) return error;
  const message = error.message.replace(/ Nothing was written\.$/, "");
  return new SottoError(
    error.code,
    `${message} Before that, ${written} of the ${total} documents of the call were written; the others are as they were. The same call again writes the rest.`,
    { ...error.details, written, total },
    { cause: error },
  );
}

async function loadExisting(catalog: IndexCatalog, name: string): Promise<StoredIndex | undefined> {
  try {
    return await catalog.load(name);
  } catch (error) {
    if (hasCode(error, "index.not_found")) return undefined;
    throw error;
  }
}
