import { hasCode, type Sotto, type StoredDocument } from "@sotto/core";
import type { DocumentSummary, Passage } from "../../shared/api.ts";
import { notFound, RequestError } from "../http/request-error.ts";
import { loadUpload } from "./load-upload.ts";

/** A document that is longer is cut into passages at its headings, or where sentences end. */
const PASSAGE_CHARS = 900;
const ALL = Number.MAX_SAFE_INTEGER;

export interface AddOptions {
  onProgress?: (progress: { done: number; total: number }) => void;
  signal?: AbortSignal;
}

/** The documents that users uploaded: each user has an index of their own, which no other user's recall searches. */
export class Library {
  readonly #sotto: Sotto;
  readonly #mostDocuments: number;

  constructor(sotto: Sotto, { mostDocuments }: { mostDocuments: number }) {
    this.#sotto = sotto;
    this.#mostDocuments = mostDocuments;
  }

  /** Indexes that the user's recall may search: none before the first upload. */
  async indexesOf(userId: string): Promise<string[]> {
    return (await this.#exists(userId)) ? [indexOf(userId)] : [];
  }

  /** By name. */
  async list(userId: string): Promise<DocumentSummary[]> {
    const documents = new Map<string, DocumentSummary>();
    for (const { title, metadata = {} } of await this.#stored(userId)) {
      const name = String(metadata.source);
      const known = documents.get(name);
      if (known !== undefined) known.passages++;
      else documents.set(name, { name, title: title ?? name, type: String(metadata.type), passages: 1 });
    }
    return [...documents.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  /** Adds a file, or puts it in the place of the one that had its name. */
  async add(userId: string, name: string, bytes: Uint8Array, options: AddOptions = {}): Promise<DocumentSummary> {
    const known = await this.list(userId);
    if (known.length >= this.#mostDocuments && !known.some((each) => each.name === name)) {
      throw new RequestError(
        409,
        "server.too_many_documents",
        `You have ${known.length} documents; at most ${this.#mostDocuments} are possible. Delete one first.`,
      );
    }
    const documents = await loadUpload(name, bytes);
    const before = await this.#idsOf(userId, name);
    await this.#sotto.createIndex(indexOf(userId), documents, {
      chunking: { by: "heading", maxChars: PASSAGE_CHARS },
      onProgress: ({ done, total }) => options.onProgress?.({ done, total }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const now = new Set(documents.map(({ id }) => id));
    await this.#forget(
      userId,
      before.filter((id) => !now.has(id)),
    );
    const added = (await this.list(userId)).find((each) => each.name === name);
    if (added === undefined) throw notFound(`document ${name}`);
    return added;
  }

  /** Deletes a document for good. @throws RequestError 404 when there is none of that name */
  async remove(userId: string, name: string): Promise<void> {
    const ids = await this.#idsOf(userId, name);
    if (ids.length === 0) throw notFound(`document ${name}`);
    await this.#forget(userId, ids);
  }

  async removeAll(userId: string): Promise<void> {
    await this.#sotto.deleteIndex(indexOf(userId));
  }

  /** A passage with its neighbours. @throws RequestError 404 when it is gone */
  async passage(userId: string, id: string): Promise<Passage> {
    const found = (await this.#exists(userId)) ? await this.#get(userId, [id]) : [];
    const document = found.find((each) => each.id === id);
    if (document === undefined) throw notFound("such passage any more: its document was deleted or replaced");
    const { metadata = {}, chunk } = document;
    const place = metadata.page ? `, page ${metadata.page}` : metadata.row ? `, row ${metadata.row}` : "";
    const passage: Passage = {
      title: document.title ?? String(metadata.source),
      text: document.text,
      origin: `${metadata.source}${place}`,
    };
    if (chunk === undefined) return passage;
    const near = await this.#get(
      userId,
      [-1, 1].map((step) => `${chunk.parentId}#${chunk.position + step}`),
    );
    for (const { text, chunk: other } of near) {
      if (other?.position === chunk.position - 1) passage.before = text;
      if (other?.position === chunk.position + 1) passage.after = text;
    }
    return passage;
  }

  async #idsOf(userId: string, name: string): Promise<string[]> {
    const stored = await this.#stored(userId);
    return [...new Set(stored.filter(({ metadata }) => metadata?.source === name).map(parentOf))];
  }

  async #forget(userId: string, documentIds: readonly string[]): Promise<void> {
    if (documentIds.length > 0) await this.#sotto.forget({ index: indexOf(userId), documentIds });
  }

  async #stored(userId: string): Promise<StoredDocument[]> {
    return (await this.#exists(userId)) ? this.#sotto.getDocs(indexOf(userId), { limit: ALL }) : [];
  }

  #get(userId: string, ids: readonly string[]): Promise<StoredDocument[]> {
    return this.#sotto.getDocs(indexOf(userId), { ids });
  }

  async #exists(userId: string): Promise<boolean> {
    try {
      await this.#sotto.getIndex(indexOf(userId));
      return true;
    } catch (error) {
      if (hasCode(error, "index.not_found")) return false;
      throw error;
    }
  }
}

function indexOf(userId: string): string {
  return `documents-${userId}`;
}

function parentOf({ id, chunk }: StoredDocument): string {
  return chunk?.parentId ?? id;
}
