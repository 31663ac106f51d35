import { ClosedError, type Session, type SessionOptions, SottoError } from "@sotto/core";
import type { MethodName, SessionState } from "./contract/index.ts";
import { addInBatches } from "./index-methods.ts";
import type { Transport } from "./transport.ts";

/** One holder's use of a session that lies in the server. Files are of the server's machine, and are not written there. */
export class HttpSession implements Session {
  readonly #transport: Transport;
  readonly #options: SessionOptions;
  readonly versions: Session["versions"];
  #state: SessionState;
  #closed = false;

  private constructor(transport: Transport, options: SessionOptions, state: SessionState) {
    this.#transport = transport;
    this.#options = options;
    this.#state = state;
    this.versions = state.versions;
  }

  static async open(transport: Transport, nameOrOptions: string | SessionOptions): Promise<HttpSession> {
    const options = typeof nameOrOptions === "string" ? { id: nameOrOptions } : nameOrOptions;
    const { session } = await transport.answer("session.open", [options]);
    if (session === undefined) throw new SottoError("server.bad_answer", "The server told nothing of the session.", {});
    return new HttpSession(transport, options, session);
  }

  get id(): string {
    return this.#state.id;
  }
  get userId(): string | undefined {
    return this.#state.userId;
  }
  get docCount(): number {
    return this.#state.docCount;
  }

  addDocs: Session["addDocs"] = (documents, options) =>
    addInBatches(documents, options, (batch, how) =>
      this.#call("session.addDocs", [batch, how], options?.signal, true),
    );
  deleteDocs: Session["deleteDocs"] = (ids) => this.#call("session.deleteDocs", [ids]);
  getDocs: Session["getDocs"] = (options) => this.#call("session.getDocs", [options]);
  query: Session["query"] = (text, options) => this.#call("session.query", [text, options], options?.signal);
  turns: Session["turns"] = () => this.#call("session.turns", []);
  loadIndex: Session["loadIndex"] = (name) => this.#call("session.loadIndex", [name]);
  pushIndex: Session["pushIndex"] = (name) => this.#call("session.pushIndex", [name]);
  saveToDisk: Session["saveToDisk"] = () => this.#nodeOnly("saveToDisk");
  loadFromDisk: Session["loadFromDisk"] = () => this.#nodeOnly("loadFromDisk");

  async close(options: { end?: boolean } = {}): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { id, userId } = this.#state;
    // A session without a user has nobody whose memory it could become.
    if (userId === undefined || options.end === false) return;
    await this.#transport.call("endSession", [{ user: this.#options.user ?? userId, session: id }]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #call<Result>(
    name: MethodName,
    args: readonly unknown[],
    signal?: AbortSignal,
    idempotent?: boolean,
  ): Promise<Result> {
    if (this.#closed) throw new ClosedError(`The session "${this.id}"`);
    const how = idempotent === undefined ? { signal } : { signal, idempotent };
    const { result, session } = await this.#transport.answer(name, [this.#options, ...args], how);
    if (session !== undefined) this.#state = session;
    return result as Result;
  }

  async #nodeOnly(call: string): Promise<never> {
    throw new SottoError(
      "session.node_only",
      `${call} works on a disk beside the store; over a connection to a server there is none. Use pushIndex, or export.`,
      { call },
    );
  }
}
