import {
  type Document,
  defaultLimits,
  type Filter,
  type Hit,
  IndexNotFoundError,
  type QueryOptions,
  type Sotto,
  type StoredDocument,
} from "@sotto/core";

const PAGE = 1_000;

/** The index under a store. It is made by the first write; until then there is nothing in it. */
export class ItemIndex {
  readonly #sotto: Sotto;
  readonly #name: string;
  readonly #embedder: string | undefined;

  constructor(sotto: Sotto, name: string, embedder: string | undefined) {
    this.#sotto = sotto;
    this.#name = name;
    this.#embedder = embedder;
  }

  async byIds(ids: readonly string[]): Promise<StoredDocument[]> {
    return this.#ifExists([], () => this.#sotto.getDocs(this.#name, { ids, limit: ids.length }));
  }

  async *documents(filter: Filter): AsyncGenerator<StoredDocument> {
    for (let offset = 0; ; offset += PAGE) {
      const page = await this.#ifExists([], () => this.#sotto.getDocs(this.#name, { filter, limit: PAGE, offset }));
      yield* page;
      if (page.length < PAGE) return;
    }
  }

  async query(text: string, options: QueryOptions): Promise<Hit[]> {
    return this.#ifExists([], async () => (await this.#sotto.query(this.#name, text, options)).hits);
  }

  /** The text that is searched is cut to what an index takes; the item itself is whole. */
  async put(documents: readonly Document[]): Promise<void> {
    if (documents.length === 0) return;
    const cut = documents.map((document) => ({
      ...document,
      text: document.text.slice(0, defaultLimits.documentChars),
    }));
    await this.#sotto.createIndex(this.#name, cut, this.#embedder === undefined ? {} : { embedder: this.#embedder });
  }

  async delete(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#ifExists(undefined, () => this.#sotto.deleteDocs(this.#name, ids));
  }

  async deleteWhere(filter: Filter): Promise<number> {
    return this.#ifExists(0, async () => (await this.#sotto.deleteDocs(this.#name, { filter })).deleted);
  }

  async forgetWhere(filter: Filter): Promise<number> {
    const documentIds: string[] = [];
    for await (const { id } of this.documents(filter)) documentIds.push(id);
    if (documentIds.length > 0) await this.#sotto.forget({ index: this.#name, documentIds });
    return documentIds.length;
  }

  async #ifExists<T>(otherwise: T, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      if (IndexNotFoundError.isInstance(error)) return otherwise;
      throw error;
    }
  }
}
