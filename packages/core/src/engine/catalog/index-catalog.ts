import type { Clock } from "../../clock.ts";
import { ClosedError, EmbedderMismatchError, IndexNotFoundError } from "../../errors/index.ts";
import type { Limits } from "../../limits.ts";
import type { Logger } from "../../logger.ts";
import type { Storage } from "../../storage/index.ts";
import { indexKey, indexKeyPrefix, parseKey } from "../../storage/index.ts";
import type { Embedder } from "../embedding/index.ts";
import type { IndexSettings } from "../log/index.ts";
import { reembedded, StoredIndex, takeOver } from "../log/index.ts";
import { validateName } from "../validate/index.ts";
import type { ArenaPool } from "./arena-pool.ts";
import type { IndexInfo, LoadedIndexInfo } from "./index-types.ts";

export interface IndexCatalogOptions {
  storage: Storage;
  project: string;
  embedders: ReadonlyMap<string, Embedder>;
  defaultEmbedder: Embedder;
  arenas: ArenaPool;
  limits: Limits;
  logger: Logger;
  clock: Clock;
}

interface Entry {
  opening: Promise<StoredIndex>;
  stored: StoredIndex | undefined;
  loadMs: number;
}

/** The indexes of one project: which exist, and which are loaded. Two concurrent loads of an index are one. */
export class IndexCatalog {
  readonly options: IndexCatalogOptions;
  #entries = new Map<string, Entry>();
  #closed = false;
  /** Infos of indexes that are not loaded, by the head that they were read at. */
  #infos = new Map<string, { head: string; info: IndexInfo }>();

  constructor(options: IndexCatalogOptions) {
    this.options = options;
  }

  /** The index when it is loaded, without waiting. */
  loaded(name: string): StoredIndex | undefined {
    return this.#entries.get(name)?.stored;
  }

  /** Names of the indexes that are loaded, without waiting. */
  loadedNames(): string[] {
    return [...this.#entries].flatMap(([name, { stored }]) => (stored === undefined ? [] : [name]));
  }

  /** Loads an index; throws `index.not_found`. */
  async load(name: string, options: { autoRefresh?: boolean } = {}): Promise<StoredIndex> {
    const stored = this.loaded(name);
    if (stored !== undefined) return stored;
    validateName("index name", name, this.options.limits);
    return this.#open(name, undefined, options.autoRefresh);
  }

  /** Loads an index, and makes it with these settings when it does not exist. */
  loadOrCreate(name: string, settings: IndexSettings): Promise<StoredIndex> {
    validateName("index name", name, this.options.limits);
    return this.#open(name, settings, undefined);
  }

  /** The embedder that an index was built by; throws `index.embedder_mismatch` when this catalog does not have it. */
  embedderOf(name: string, settings: IndexSettings): Embedder {
    const embedder = this.options.embedders.get(settings.embedderId);
    if (embedder === undefined)
      throw new EmbedderMismatchError(name, settings.embedderId, this.options.defaultEmbedder.id);
    return embedder;
  }

  async unload(name: string): Promise<boolean> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return false;
    this.#entries.delete(name);
    await (await entry.opening).close();
    return true;
  }

  async delete(name: string): Promise<boolean> {
    validateName("index name", name, this.options.limits);
    await this.unload(name);
    this.#infos.delete(name);
    return this.options.storage.delete(indexKey(this.options.project, name));
  }

  async list(): Promise<IndexInfo[]> {
    const infos: IndexInfo[] = [];
    for (const name of await this.names()) {
      const info = await this.#infoOrUndefined(name);
      if (info !== undefined) infos.push(info);
    }
    return infos;
  }

  /** Names of all indexes, without loading any. */
  async names(): Promise<string[]> {
    const keys = await this.options.storage.list(indexKeyPrefix(this.options.project));
    return keys.flatMap((key) => {
      const parsed = parseKey(key);
      return parsed?.kind === "index" ? [parsed.index] : [];
    });
  }

  async info(name: string): Promise<IndexInfo> {
    validateName("index name", name, this.options.limits);
    const info = await this.#infoOrUndefined(name);
    if (info === undefined) throw new IndexNotFoundError(name);
    return info;
  }

  loadedInfo(name: string, stored: StoredIndex): LoadedIndexInfo {
    return { ...describe(name, stored), bytes: stored.index.bytes, loadMs: this.#entries.get(name)?.loadMs ?? 0 };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled([...this.#entries.keys()].map((name) => this.unload(name)));
  }

  async #infoOrUndefined(name: string): Promise<IndexInfo | undefined> {
    const loaded = this.loaded(name);
    if (loaded !== undefined) {
      await loaded.refresh();
      return this.#withCounts(loaded, describe(name, loaded));
    }
    const log = await this.options.storage.open(indexKey(this.options.project, name));
    const { version, epoch } = await log.head();
    if (version === 0) return undefined;
    const head = `${version}/${epoch}`;
    const known = this.#infos.get(name);
    if (known?.head === head) return known.info;
    const { arenas, logger, clock } = this.options;
    const stored = await StoredIndex.open({
      log,
      attributes: { "sotto.kind": "index", "sotto.index": name },
      arena: () => arenas.own(),
      logger,
      clock,
      autoRefresh: false,
    });
    const info = stored.settings === undefined ? undefined : describe(name, stored);
    const counted = info && (await this.#withCounts(stored, info));
    await stored.close();
    // What the store holds itself changes without its log.
    if (info !== undefined && counted === info) this.#infos.set(name, { head, info });
    return counted;
  }

  /** With what the store says of documents that it holds itself. */
  async #withCounts(stored: StoredIndex, info: IndexInfo): Promise<IndexInfo> {
    const { searchable } = this.options.storage;
    if (stored.settings?.searchable !== true || searchable === undefined) return info;
    const { version, documents, chunks, updatedAt } = await searchable.statistics(stored.log.key, []);
    return {
      ...info,
      version,
      docCount: documents,
      chunkCount: chunks,
      updatedAt: Math.max(info.updatedAt, updatedAt),
    };
  }

  async #open(
    name: string,
    settings: IndexSettings | undefined,
    autoRefresh: boolean | undefined,
  ): Promise<StoredIndex> {
    if (this.#closed) throw new ClosedError(`Sotto (project "${this.options.project}")`);
    const known = this.#entries.get(name);
    if (known !== undefined) return known.opening;
    const entry: Entry = { opening: this.#openLog(name, settings, autoRefresh), stored: undefined, loadMs: 0 };
    this.#entries.set(name, entry);
    const start = this.options.clock.monotonic();
    try {
      entry.stored = await entry.opening;
      entry.loadMs = this.options.clock.monotonic() - start;
      return entry.stored;
    } catch (error) {
      if (this.#entries.get(name) === entry) this.#entries.delete(name);
      throw error;
    }
  }

  async #openLog(
    name: string,
    settings: IndexSettings | undefined,
    autoRefresh: boolean | undefined,
  ): Promise<StoredIndex> {
    const { storage, project, arenas, logger, clock } = this.options;
    const log = await storage.open(indexKey(project, name));
    if (settings === undefined && (await log.head()).version === 0) throw new IndexNotFoundError(name);
    const stored = await StoredIndex.open({
      log,
      attributes: { "sotto.kind": "index", "sotto.index": name },
      arena: () => arenas.own(),
      logger,
      clock,
      ...(settings === undefined ? {} : { settings }),
      ...(autoRefresh === undefined ? {} : { autoRefresh }),
    });
    try {
      await stored.create();
    } catch (error) {
      await stored.close();
      throw error;
    }
    if (stored.isEmpty) {
      await stored.close();
      throw new IndexNotFoundError(name);
    }
    const { embedders, defaultEmbedder } = this.options;
    const { embedderId, embedderNamed, reembedding } = stored.settings as IndexSettings;
    // What was made by the default embedder of its day goes over to the one of today.
    if (!embedders.has(embedderId) && embedderNamed !== true)
      await takeOver(stored, { embedder: defaultEmbedder, clock, logger });
    else if (reembedding === true) void reembedded(stored, { embedder: defaultEmbedder, clock, logger });
    return stored;
  }
}

function describe(name: string, stored: StoredIndex): IndexInfo {
  const settings = stored.settings as IndexSettings;
  const { documents } = stored.index;
  return {
    name,
    version: stored.version,
    docCount: documents.parentCount,
    chunkCount: documents.size,
    embedderId: settings.embedderId,
    dimensions: settings.dimensions,
    metadata: settings.metadata,
    chunking: settings.chunking,
    createdAt: settings.createdAt,
    updatedAt: stored.updatedAt,
  };
}
