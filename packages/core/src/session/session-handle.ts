import type {
  AddDocsOptions,
  AddDocsResult,
  DeleteDocsResult,
  Document,
  GetDocsOptions,
  QueryOptions,
  QueryResult,
  StoredDocument,
} from "../engine/index.ts";
import { addToStored, deleteFromStored, getFromStored, queryIndexes } from "../engine/index.ts";
import { ClosedError } from "../errors/index.ts";
import { checkOptions, flag } from "../options.ts";
import type { Lease, MemoryContext } from "../user/index.ts";
import type { OpenSession } from "./open-session.ts";
import { loadSession, saveSession } from "./session-file.ts";
import { loadIndexInto, noteEdited, pushIndexFrom } from "./session-index.ts";
import type { Session } from "./session-types.ts";
import type { Turn } from "./turn.ts";

export interface SessionHandleOptions {
  context: MemoryContext;
  lease: Lease<OpenSession>;
  /** Versions of the user's profile and memory when the session was opened. */
  versions: { profile: number; permanent: number };
  /** Consolidates the session and marks it as ended. */
  end(session: OpenSession): Promise<unknown>;
}

/** One holder's use of a session. */
export class SessionHandle implements Session {
  readonly #options: SessionHandleOptions;
  readonly #opened: Session["versions"];
  #closed = false;

  constructor(options: SessionHandleOptions) {
    this.#options = options;
    this.#opened = { session: options.lease.value.stored.version, ...options.versions };
  }

  get id(): string {
    return this.#options.lease.value.id;
  }
  get userId(): string | undefined {
    return this.#options.lease.value.userId;
  }
  get versions(): Session["versions"] {
    return this.#opened;
  }
  get docCount(): number {
    return this.#session.docCount;
  }

  async addDocs(documents: readonly Document[], options?: AddDocsOptions): Promise<AddDocsResult> {
    const session = this.#session;
    await session.prepareWrite();
    if (Array.isArray(documents)) await noteEdited(session, documents);
    return addToStored(this.#options.context.catalog, session.id, session.stored, documents, options);
  }

  async deleteDocs(ids: readonly string[]): Promise<DeleteDocsResult> {
    return deleteFromStored(this.#options.context.catalog, this.#session.stored, ids);
  }

  async getDocs(options?: GetDocsOptions): Promise<StoredDocument[]> {
    return getFromStored(this.#options.context.catalog, this.#session.stored, options);
  }

  async query(text: string, options?: QueryOptions): Promise<QueryResult> {
    const session = this.#session;
    await session.prepareWrite();
    const { catalog, reranker } = this.#options.context;
    return queryIndexes(catalog, [{ name: session.id, stored: session.stored }], text, options, reranker);
  }

  async turns(): Promise<Turn[]> {
    const session = this.#session;
    await session.refresh();
    return [...session.turns];
  }

  async loadIndex(name: string): Promise<{ docCount: number }> {
    await this.#session.prepareWrite();
    return loadIndexInto(this.#options.context, this.#session, name);
  }

  async pushIndex(name: string = this.id): Promise<{ indexName: string; docCount: number; version: number }> {
    await this.#session.refresh();
    return pushIndexFrom(this.#options.context, this.#session, name);
  }

  async saveToDisk(path: string): Promise<{ bytes: number }> {
    await this.#session.refresh();
    return saveSession(this.#options.context, this.#session, path);
  }

  async loadFromDisk(path: string): Promise<{ docCount: number }> {
    await this.#session.prepareWrite();
    return loadSession(this.#options.context, this.#session, path);
  }

  async close(options: { end?: boolean } = {}): Promise<void> {
    checkOptions("close", options, { end: flag });
    if (this.#closed) return;
    this.#closed = true;
    const { lease, end } = this.#options;
    try {
      if (lease.value.closed) return;
      if (options.end ?? lease.value.userId !== undefined) await end(lease.value);
      await lease.value.flush();
    } finally {
      lease.release();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #session(): OpenSession {
    if (this.#closed) throw new ClosedError(`The session "${this.id}"`);
    this.#options.lease.value.assertOpen();
    return this.#options.lease.value;
  }
}
