import { ClosedError, SottoError } from "@sotto/core";
import { METHODS, type MethodName, type SessionState } from "./contract/index.ts";
import { errorOfAnswer, timedOut, unreachable } from "./failures.ts";
import type { Connection } from "./options.ts";
import { requestBody } from "./request-body.ts";

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds, its retries included. Default: the connection's. */
  timeoutMs?: number;
  /** May be repeated although its row says no: it carries an id of its own. */
  idempotent?: boolean;
}

export interface Answer {
  result: unknown;
  /** Of calls on a session. */
  session?: SessionState;
}

const FIRST_WAIT_MS = 50;
/** What a server or a proxy answers that may do better in a moment. */
const AGAIN: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Calls by name, each with a deadline, repeated with jitter only where that is harmless. */
export class Transport {
  readonly #connection: Connection;
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async call(name: MethodName, args: readonly unknown[], options: CallOptions = {}): Promise<unknown> {
    return (await this.answer(name, args, options)).result;
  }

  answer(name: MethodName, args: readonly unknown[], options: CallOptions = {}): Promise<Answer> {
    return this.#tracked(this.#send(name, args, options, async (response) => (await response.json()) as Answer));
  }

  /** The answer's body as it comes: only its beginning has a deadline. */
  stream(name: MethodName, args: readonly unknown[]): Promise<ReadableStream<Uint8Array> | null> {
    return this.#tracked(this.#send(name, args, {}, async (response) => response.body));
  }

  /** Waits for what is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  /** Takes no more calls, and waits for those that are under way. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.settled();
  }

  #tracked<Result>(call: Promise<Result>): Promise<Result> {
    this.#underWay.add(call);
    const done = () => this.#underWay.delete(call);
    call.then(done, done);
    return call;
  }

  async #send<Result>(
    name: MethodName,
    args: readonly unknown[],
    { signal, timeoutMs = this.#connection.timeoutMs, idempotent = METHODS[name].idempotent }: CallOptions,
    read: (response: Response) => Promise<Result>,
  ): Promise<Result> {
    if (this.#closed) throw new ClosedError("The connection to the server");
    const body = requestBody(METHODS[name].params, args);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), timeoutMs);
    const stop = signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]);
    try {
      for (let attempt = 1; ; attempt++) {
        const failure = await this.#try(name, body, stop, read);
        if ("value" in failure) return failure.value;
        if (signal?.aborted) throw signal.reason;
        if (deadline.signal.aborted) throw timedOut(name, timeoutMs);
        if (!failure.again || !idempotent || attempt >= this.#connection.tries) throw failure.error;
        await wait(FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random()), stop);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async #try<Result>(
    name: MethodName,
    body: string,
    signal: AbortSignal,
    read: (response: Response) => Promise<Result>,
  ): Promise<{ value: Result } | { error: SottoError; again: boolean }> {
    const { url, key, project, fetch } = this.#connection;
    try {
      const response = await fetch(`${url}${METHODS[name].path}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
          ...(project === undefined ? {} : { "x-project-id": project }),
        },
        body,
        signal,
      });
      if (response.ok) return { value: await read(response) };
      return { error: await errorOfAnswer(response), again: AGAIN.has(response.status) };
    } catch (error) {
      return { error: SottoError.isInstance(error) ? error : unreachable(name, url), again: true };
    }
  }
}

/** Ends early, without an error, when the signal fires. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
