import {
  BaseStore,
  type GetOperation,
  type ListNamespacesOperation,
  type Operation,
  type OperationResults,
  type PutOperation,
  type SearchOperation,
} from "@langchain/langgraph";
import { type Clock, type Filter, InvalidArgumentError, type Sotto } from "@sotto/core";
import { systemClock } from "@sotto/core/adapter";
import { decodeItem, encodeItem, itemId, notExpired, type StoredItem, toItem, withinNamespace } from "./item-codec.ts";
import { ItemIndex } from "./item-index.ts";
import { matchesFilter } from "./matches-filter.ts";
import { checkNamespace, selectNamespaces } from "./namespaces.ts";
import { valueText } from "./value-text.ts";

export interface SottoStoreConfig {
  sotto: Sotto;
  /**
   * Tells stores of one project apart. Default `langgraph-store`. The index that holds the items is named so with a dot
   * in front, which keeps what belongs to one user out of every other's recall.
   */
  name?: string;
  /** Id of one of the embedders of `createSotto`. Default: its default embedder. */
  embedder?: string;
  /** Paths that a search by meaning reads, where a put names none: see `valueText`. Default `["$"]`, the whole value. */
  fields?: readonly string[];
  /** Leaves out weaker results of a search by meaning, in [0, 1]. Default 0. */
  minScore?: number;
  ttl?: {
    /** An item expires so long after it was written, in milliseconds. Default: it stays. */
    defaultMs?: number;
    /** A read starts an item's time anew. Default true. */
    refreshOnRead?: boolean;
    /** Expired items, invisible at once, are deleted so often between `start()` and `stop()`. Default 60,000. */
    sweepIntervalMs?: number;
  };
  /** Default: the system's. */
  clock?: Clock;
}

/** A put with a time to live of its own, in milliseconds. */
export type SottoPutOperation = PutOperation & { ttlMs?: number };

type SearchItem = Awaited<ReturnType<BaseStore["search"]>>[number];

const MOST_RANKED = 1_000;

/**
 * A LangGraph store in an index of Sotto: durable, searchable by meaning, with times to live. Namespaces are strict: a
 * search under `["user", "1"]` never sees `["user", "10"]`, and `["user:1"]` is another place than `["user", "1"]`. A
 * search with a `query` ranks the items that are indexed (at most the best 1,000); without one it gives items in the
 * order of writing. Batches run one after the other; within one, reads see the state before its writes.
 *
 * @example
 * const store = new SottoStore({ sotto });
 * await store.put(["user", "ada", "memories"], "diet", { text: "Ada eats no meat." });
 * const [found] = await store.search(["user", "ada"], { query: "what can I cook for her?" });
 * const graph = builder.compile({ store, checkpointer });
 */
export class SottoStore extends BaseStore {
  readonly #config: SottoStoreConfig;
  readonly #clock: Clock;
  readonly #index: ItemIndex;
  #last: Promise<unknown> = Promise.resolve();
  #cancelSweep: (() => void) | undefined;

  constructor(config: SottoStoreConfig) {
    super();
    this.#config = config;
    this.#clock = config.clock ?? systemClock;
    this.#index = new ItemIndex(config.sotto, `.${config.name ?? "langgraph-store"}`, config.embedder);
  }

  override batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    return this.#inTurn(() => this.#batch(operations)) as Promise<OperationResults<Op>>;
  }

  override async put(
    namespace: string[],
    key: string,
    value: Record<string, unknown>,
    index?: false | string[],
    options: { ttlMs?: number } = {},
  ): Promise<void> {
    const operation: SottoPutOperation = {
      namespace,
      key,
      value,
      ...(index === undefined ? {} : { index }),
      ...options,
    };
    await this.batch([operation]);
  }

  /** Deletes what has expired. Answers how many items. */
  sweep(): Promise<number> {
    return this.#inTurn(() => this.#index.deleteWhere({ expiresAt: { $lte: this.#clock.now() } }));
  }

  /**
   * Erases all items of a namespace and those below it for good, from the history of the index too (a delete leaves the
   * text there until it is compacted). `sotto.forget({ user })` does not reach a store. Answers how many items.
   */
  forgetNamespace(namespace: string[]): Promise<number> {
    return this.#inTurn(async () => {
      checkNamespace(namespace);
      return this.#index.forgetWhere(withinNamespace(namespace));
    });
  }

  /** Starts sweeping from time to time. */
  override start(): void {
    if (this.#cancelSweep !== undefined) return;
    const { sweepIntervalMs = 60_000 } = this.#config.ttl ?? {};
    const next = () => {
      const due = () => {
        next();
        // A sweep that fails leaves items that no read shows; the next one takes them.
        this.sweep().catch(() => {});
      };
      this.#cancelSweep = this.#clock.after(sweepIntervalMs, due, { background: true });
    };
    next();
  }

  override stop(): void {
    this.#cancelSweep?.();
    this.#cancelSweep = undefined;
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(run);
    this.#last = turn.catch(() => {});
    return turn;
  }

  async #batch(operations: readonly Operation[]): Promise<unknown[]> {
    const puts = new Map<string, SottoPutOperation>();
    for (const operation of operations) {
      if (!isPut(operation)) continue;
      checkPut(operation);
      puts.set(itemId(operation.namespace, operation.key), operation);
    }
    const results: unknown[] = [];
    for (const operation of operations) {
      if (isPut(operation)) results.push(undefined);
      else if ("namespacePrefix" in operation) results.push(await this.#search(operation));
      else if ("key" in operation) results.push(await this.#get(operation));
      else results.push(await this.#listNamespaces(operation));
    }
    await this.#write(puts);
    return results;
  }

  async #get({ namespace, key }: GetOperation) {
    const [found] = await this.#index.byIds([itemId(namespace, key)]);
    if (found === undefined) return null;
    const item = decodeItem(found);
    if (item.expiresAt !== undefined && item.expiresAt <= this.#clock.now()) return null;
    await this.#refresh([item]);
    return toItem(item);
  }

  async #search({ namespacePrefix, filter, query, limit = 10, offset = 0 }: SearchOperation): Promise<SearchItem[]> {
    const within: Filter = { $and: [withinNamespace(namespacePrefix), notExpired(this.#clock.now())] };
    const page = query
      ? (await this.#ranked(query, within, filter, offset + limit)).slice(offset, offset + limit)
      : (await this.#inOrder(within, filter, offset + limit)).slice(offset, offset + limit);
    await this.#refresh(page.map(({ item }) => item));
    return page.map(({ item, score }) => ({ ...toItem(item), score }) as SearchItem);
  }

  async #inOrder(within: Filter, filter: SearchOperation["filter"], most: number): Promise<FoundItem[]> {
    const found: FoundItem[] = [];
    if (most <= 0) return found;
    for await (const document of this.#index.documents(within)) {
      const item = decodeItem(document);
      if (filter !== undefined && !matchesFilter(item.value, filter)) continue;
      found.push({ item });
      if (found.length === most) break;
    }
    return found;
  }

  async #ranked(query: string, within: Filter, filter: SearchOperation["filter"], most: number): Promise<FoundItem[]> {
    if (most <= 0) return [];
    const where: Filter[] = [within, { indexed: true }];
    if (filter !== undefined && Object.keys(filter).length > 0) {
      const passing = await this.#inOrder(within, filter, Number.POSITIVE_INFINITY);
      if (passing.length === 0) return [];
      where.push({ id: { $in: passing.map(({ item }) => itemId(item.namespace, item.key)) } });
    }
    const { minScore } = this.#config;
    const hits = await this.#index.query(query, {
      topK: Math.min(most, MOST_RANKED),
      filter: { $and: where },
      ...(minScore === undefined ? {} : { minScore }),
    });
    return hits.map((hit) => ({ item: decodeItem(hit), score: hit.score }));
  }

  async #listNamespaces(operation: ListNamespacesOperation): Promise<string[][]> {
    const namespaces: string[][] = [];
    for await (const document of this.#index.documents(notExpired(this.#clock.now()))) {
      namespaces.push(decodeItem(document).namespace);
    }
    return selectNamespaces(namespaces, operation);
  }

  async #write(puts: ReadonlyMap<string, SottoPutOperation>): Promise<void> {
    if (puts.size === 0) return;
    const now = this.#clock.now();
    const before = new Map((await this.#index.byIds([...puts.keys()])).map((document) => [document.id, document]));
    const written: StoredItem[] = [];
    const deleted: string[] = [];
    for (const [id, { namespace, key, value, index, ttlMs = this.#config.ttl?.defaultMs }] of puts) {
      if (value === null) {
        deleted.push(id);
        continue;
      }
      const old = before.get(id);
      const oldItem = old === undefined ? undefined : decodeItem(old);
      const lives = oldItem !== undefined && !(oldItem.expiresAt !== undefined && oldItem.expiresAt <= now);
      const copy: Record<string, unknown> = JSON.parse(JSON.stringify(value));
      written.push({
        namespace: [...namespace],
        key,
        value: copy,
        createdAt: lives ? oldItem.createdAt : now,
        updatedAt: now,
        ...(ttlMs === undefined ? {} : { ttlMs, expiresAt: now + ttlMs }),
        text: index === false ? "" : valueText(copy, index ?? this.#config.fields ?? ["$"]),
      });
    }
    await this.#index.put(written.map(encodeItem));
    await this.#index.delete(deleted);
  }

  async #refresh(items: readonly StoredItem[]): Promise<void> {
    if (this.#config.ttl?.refreshOnRead === false) return;
    const now = this.#clock.now();
    const due = items.flatMap((item) =>
      item.ttlMs === undefined || item.expiresAt === now + item.ttlMs ? [] : [{ ...item, expiresAt: now + item.ttlMs }],
    );
    await this.#index.put(due.map(encodeItem));
  }
}

interface FoundItem {
  item: StoredItem;
  score?: number;
}

function isPut(operation: Operation): operation is SottoPutOperation {
  return "value" in operation;
}

function checkPut({ namespace, key, value, ttlMs }: SottoPutOperation): void {
  checkNamespace(namespace);
  if (typeof key !== "string" || key === "") throw new InvalidArgumentError("key", "it must be a text, not empty");
  if (value !== null && (typeof value !== "object" || Array.isArray(value))) {
    throw new InvalidArgumentError("value", "it must be an object, or null to delete the item");
  }
  if (ttlMs !== undefined && !(ttlMs > 0)) throw new InvalidArgumentError("ttlMs", `${ttlMs} is not above 0`);
}
