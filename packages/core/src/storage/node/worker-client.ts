import type { Worker } from "node:worker_threads";
import type { SottoError } from "../../errors/index.ts";
import { errorFromJson, StorageUnavailableError } from "../../errors/index.ts";
import type { Input, OperationName, Output, Request, WorkerMessage, WorkerOptions } from "./protocol.ts";
import { workerProgram } from "./worker-file.ts";

/**
 * Node's own, at run time: a bundler that sees `new Worker` of this module follows its address, and takes in whatever may
 * lie there. Any version that has `node:sqlite` has this.
 */
function workerClass(): typeof Worker {
  return process.getBuiltinModule("node:worker_threads").Worker;
}

interface Pending {
  resolve(value: Output<OperationName>): void;
  reject(error: SottoError): void;
}

/** The parent's end of a store's worker thread. The thread keeps the process alive only while an answer is awaited. */
export class WorkerClient {
  readonly #name: string;
  readonly #worker: Worker;
  readonly #onChanged: (keys: string[]) => void;
  readonly #pending = new Map<number, Pending>();
  readonly #ended: Promise<void>;
  #outbox: Request[] = [];
  #transfer: ArrayBuffer[] = [];
  #lastId = 0;
  #failure: StorageUnavailableError | undefined;

  constructor(options: WorkerOptions, onChanged: (keys: string[]) => void) {
    this.#name = options.name;
    this.#onChanged = onChanged;
    const ThreadWorker = workerClass();
    const { program, isText } = workerProgram();
    this.#worker = new ThreadWorker(program, {
      eval: isText,
      name: "sotto-sqlite",
      workerData: options,
      // Node 22 calls its SQLite experimental, on standard error.
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
    this.#worker.unref();
    this.#worker.on("message", (message: WorkerMessage) => this.#receive(message));
    this.#worker.on("error", (error) => this.#fail(`its thread failed: ${error.message}`));
    this.#ended = new Promise((resolve) => {
      this.#worker.once("exit", () => {
        this.#fail("its thread has ended");
        resolve();
      });
    });
  }

  /** Asks the worker; buffers in `transfer` are gone for the caller. Requests are served in the order of these calls. */
  request<N extends OperationName>(operation: N, input: Input<N>, transfer: ArrayBuffer[] = []): Promise<Output<N>> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise<Output<OperationName>>((resolve, reject) => {
      if (this.#pending.size === 0) this.#worker.ref();
      this.#lastId += 1;
      this.#pending.set(this.#lastId, { resolve, reject });
      // All requests of one turn of the event loop go in one message.
      if (this.#outbox.length === 0) queueMicrotask(() => this.#send());
      this.#outbox.push({ id: this.#lastId, operation, input } as Request);
      this.#transfer.push(...transfer);
    }) as Promise<Output<N>>;
  }

  /** Resolves once the thread is gone; it ends by itself after `close`. */
  async ended(): Promise<void> {
    this.#worker.ref();
    await this.#ended;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(): void {
    const requests = this.#outbox;
    const transfer = this.#transfer;
    this.#outbox = [];
    this.#transfer = [];
    this.#worker.postMessage(requests, transfer);
  }

  #receive(message: WorkerMessage): void {
    if ("changed" in message) {
      this.#onChanged(message.changed);
      return;
    }
    for (const response of message.responses) {
      const pending = this.#pending.get(response.id);
      this.#pending.delete(response.id);
      if ("error" in response) pending?.reject(errorFromJson(response));
      else pending?.resolve(response.value);
    }
    if (this.#pending.size === 0) this.#worker.unref();
  }

  #fail(reason: string): void {
    this.#failure ??= new StorageUnavailableError(this.#name, reason);
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}
