import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { Document } from "@sotto/core";
import { defaultLoadLimits, type LoadLimits } from "../limits.ts";
import type { LoadResult } from "../load.ts";
import { LoadError, overLimit } from "../load-error.ts";
import type { LoadOptions } from "../options.ts";
import type { LoadMessage, LoadRequest } from "./messages.ts";
import { threadFile } from "./thread-file.ts";

/** How often the thread's memory is looked at. */
const WATCH_MS = 100;
const MIB = 1_048_576;

export interface WorkerLoadOptions extends LoadOptions {
  /** Ends loading, and the thread with it. */
  signal?: AbortSignal;
}

/**
 * Loads files in a thread of its own, one after the other, so that a file of strangers can take neither the program's time
 * nor its memory: what is over `limits.timeMs` or `limits.memoryMiB` is ended wherever it is, with a `LoadError`, and the
 * next file gets a fresh thread. The thread keeps the process alive only while it loads.
 *
 * @example
 * const worker = new LoadWorker({ timeMs: 10_000, memoryMiB: 512 });
 * const { documents, report } = await worker.load(bytes, { name: "upload.pdf" });
 * await worker.close();
 */
export class LoadWorker {
  readonly #limits: LoadLimits;
  #thread: Worker | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(limits: Partial<LoadLimits> = {}) {
    this.#limits = { ...defaultLoadLimits, ...limits };
  }

  /**
   * As `load` of this package, in the thread. Files wait for those before them; their time begins when it is their turn.
   *
   * @throws LoadError; the signal's reason when it is aborted.
   */
  load(source: string | URL | Uint8Array, options: WorkerLoadOptions = {}): Promise<LoadResult> {
    const turn = this.#queue.then(() => this.#load(source, options));
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /** Ends the thread; what is loading is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
  }

  async #load(source: string | URL | Uint8Array, { signal, ...options }: WorkerLoadOptions): Promise<LoadResult> {
    signal?.throwIfAborted();
    if (this.#closed) throw new LoadError("loader.failed", "this LoadWorker is closed");
    const limits = { ...this.#limits, ...options.limits };
    const thread = this.#thread ?? this.#start(limits);
    thread.ref();
    try {
      return await job(
        thread,
        { source: source instanceof URL ? fileURLToPath(source) : source, options: { ...options, limits } },
        limits,
        signal,
      );
    } catch (error) {
      // What was ended in the middle of something is not used again.
      if (!LoadError.isInstance(error) || error.code === "loader.limit" || error.code === "loader.failed")
        await this.#end();
      throw error;
    } finally {
      thread.unref();
    }
  }

  #start(limits: LoadLimits): Worker {
    const file = threadFile();
    const thread = new Worker(file, {
      name: "sotto-load",
      resourceLimits: { maxOldGenerationSizeMb: limits.memoryMiB, stackSizeMb: 4 },
      // From its source the thread needs the sources of what it imports.
      execArgv: file.endsWith(".ts") ? ["--conditions=@sotto/source", "--disable-warning=ExperimentalWarning"] : [],
    });
    this.#thread = thread;
    return thread;
  }

  async #end(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
  }
}

/** Loads one file in a thread of its own, which ends with it: see `LoadWorker`. */
export async function loadInWorker(
  source: string | URL | Uint8Array,
  options: WorkerLoadOptions = {},
): Promise<LoadResult> {
  const worker = new LoadWorker(options.limits);
  try {
    return await worker.load(source, options);
  } finally {
    await worker.close();
  }
}

/** One file in a running thread. */
function job(
  thread: Worker,
  request: LoadRequest,
  limits: LoadLimits,
  signal: AbortSignal | undefined,
): Promise<LoadResult> {
  const { timeMs, memoryMiB } = limits;
  const { promise, resolve, reject } = Promise.withResolvers<LoadResult>();
  const documents: Document[] = [];
  const onMessage = (message: LoadMessage) => {
    if (message.kind === "documents") for (const document of message.documents) documents.push(document);
    else if (message.kind === "done") resolve({ documents, report: message.report });
    else if (message.code !== undefined) reject(new LoadError(message.code, message.message, message.details));
    else reject(Object.assign(new Error(message.message), message.details));
  };
  const onError = (error: NodeJS.ErrnoException) => {
    const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
    reject(
      isMemory
        ? overLimit("memoryMiB", memoryMiB, undefined, "memory")
        : new LoadError("loader.failed", `its thread failed: ${error.message}`),
    );
  };
  const onExit = () => reject(new LoadError("loader.failed", "its thread has ended"));
  const onAbort = () => reject(signal?.reason);
  const timer = setTimeout(() => reject(overLimit("timeMs", timeMs, undefined, "time")), timeMs);
  const before = process.memoryUsage.rss();
  const watch = setInterval(() => {
    void memoryOf(thread, before).then((bytes) => {
      if (bytes > memoryMiB * MIB) reject(overLimit("memoryMiB", memoryMiB, undefined, "memory"));
    });
  }, WATCH_MS);
  thread.on("message", onMessage).on("error", onError).on("exit", onExit);
  signal?.addEventListener("abort", onAbort);
  thread.postMessage(request);
  return promise.finally(() => {
    clearTimeout(timer);
    clearInterval(watch);
    thread.off("message", onMessage).off("error", onError).off("exit", onExit);
    signal?.removeEventListener("abort", onAbort);
  });
}

/** Bytes that a thread holds, buffers included; where this Node cannot tell, by how much the process has grown. */
async function memoryOf(thread: Worker, before: number): Promise<number> {
  const { getHeapStatistics } = thread as Partial<Pick<Worker, "getHeapStatistics">>;
  if (getHeapStatistics === undefined) return process.memoryUsage.rss() - before;
  const statistics = await getHeapStatistics.call(thread).catch(() => undefined);
  return statistics === undefined ? 0 : statistics.total_heap_size + statistics.external_memory;
}
