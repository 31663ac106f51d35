import { codeOf } from "../errors/index.ts";
import type { MaybePromise } from "../maybe-promise.ts";
import { inSpan } from "../telemetry/index.ts";
import type { MemoryContext } from "../user/index.ts";
import { LANES } from "../user/index.ts";
import { answerOf, unansweredRecall } from "./answer.ts";
import { brief } from "./brief/brief.ts";
import { type Prefetched, Prefetches } from "./prefetches.ts";
import { recallAttributes } from "./recall-attributes.ts";
import { RecallGate } from "./recall-gate.ts";
import { type RecallRequest, recallRequest } from "./recall-request.ts";
import { RecallRun } from "./recall-run.ts";
import type { RecallSources } from "./recall-sources.ts";
import type { Brief, BriefOptions, LaneTrace, Recall, RecallOptions } from "./recall-types.ts";
import type { ShownRecalls } from "./shown-recalls.ts";
import { timeAsked } from "./time/time-asked.ts";
import { waitFor } from "./wait.ts";

/**
 * Recall over four lanes under a deadline. Where everything is open and the embedder answers at once, all of it happens
 * within the call; otherwise the lanes go on side by side until the last is done, the time is over or the signal fires.
 */
export class Recaller {
  readonly #context: MemoryContext;
  readonly #sources: RecallSources;
  readonly #shown: ShownRecalls;
  readonly #prefetches: Prefetches;
  readonly #gate: RecallGate;

  constructor(context: MemoryContext, sources: RecallSources, shown: ShownRecalls) {
    this.#context = context;
    this.#sources = sources;
    this.#shown = shown;
    this.#prefetches = new Prefetches(context.clock);
    this.#gate = new RecallGate(() => context.clock.monotonic());
  }

  /** Rejects for a malformed call only: what is late or fails is dropped and named in the trace. */
  searchMemory(query: string, options: RecallOptions): Promise<Recall> {
    return inSpan("sotto.recall", {}, () => this.#search(query, options), recallAttributes);
  }

  #search(query: string, options: RecallOptions): Promise<Recall> {
    const { clock } = this.#context;
    const start = clock.monotonic();
    let request: RecallRequest;
    try {
      request = this.#requestOf(query, options);
    } catch (error) {
      return Promise.reject(error);
    }
    if (request.signal?.aborted) return Promise.resolve(unansweredRecall(request, "aborted"));
    const { prefetched, query: embedded } = this.#prefetches.find(request, options);
    const begin = (): MaybePromise<Recall> => {
      if (clock.monotonic() - start >= request.timeoutMs) return this.#overloaded(request, start);
      const run =
        prefetched?.run ?? new RecallRun(this.#context, this.#sources, request, { embedded, gate: this.#gate });
      if (run.settled) return this.#answer(run, request, "late", start, prefetched);
      return this.#finish(run, request, start, prefetched, options);
    };
    if (this.#gate.isFull(request.timeoutMs)) return Promise.resolve(this.#overloaded(request, start));
    try {
      return Promise.resolve(this.#gate.run(begin));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** What could not begin in time is answered without a search. */
  #overloaded(request: RecallRequest, start: number): Recall {
    const recall = unansweredRecall(request, "overloaded");
    recall.trace.tookMs = this.#context.clock.monotonic() - start;
    this.#context.stats.lateLanes += request.lanes.size;
    return recall;
  }

  /**
   * Starts recall on a partial transcript; see `Prefetches` for when it is used. A blank text does nothing. Throws for a
   * malformed call.
   */
  prefetch(partialText: string, options: RecallOptions): void {
    if (typeof partialText === "string" && partialText.trim() === "") return;
    const request = this.#requestOf(partialText, options);
    if (request.signal?.aborted) return;
    this.#prefetches.begin(
      request,
      options,
      () => new RecallRun(this.#context, this.#sources, request, { gate: this.#gate }),
    );
  }

  brief(options: BriefOptions): Promise<Brief> {
    return brief(this.#context, this.#sources, this.#shown, options);
  }

  /** Drops what is held in memory of a user or a session that was forgotten. */
  forget(of: { userId?: string; sessionId?: string }): void {
    this.#prefetches.forget(of);
    if (of.sessionId !== undefined) this.#shown.forget(of.sessionId);
  }

  /** Gives up prefetches that are under way. */
  close(): void {
    this.#prefetches.clear();
  }

  async #finish(
    run: RecallRun,
    request: RecallRequest,
    start: number,
    prefetched: Prefetched | undefined,
    options: RecallOptions,
  ): Promise<Recall> {
    const { clock } = this.#context;
    const why = await waitFor({
      clock,
      ms: request.timeoutMs - (clock.monotonic() - start),
      signal: request.signal,
      onSettled: (callback) => run.onSettled(callback),
    });
    // A write while it was under way may have changed what it found.
    if (why === "settled" && prefetched !== undefined && !(run.complete && run.isCurrent())) {
      const again = await this.#search(request.query, {
        ...options,
        timeoutMs: left(request, clock.monotonic() - start),
      });
      again.trace.timeoutMs = request.timeoutMs;
      again.trace.tookMs = clock.monotonic() - start;
      return again;
    }
    const recall = this.#answer(run, request, why === "aborted" ? "aborted" : "late", start, prefetched);
    if (why !== "settled") run.giveUp();
    return recall;
  }

  #answer(
    run: RecallRun,
    request: RecallRequest,
    givenUp: "late" | "aborted",
    start: number,
    prefetched: Prefetched | undefined,
  ): Recall {
    const recall = answerOf(run, request, givenUp, this.#context.clock.monotonic() - start);
    if (prefetched !== undefined) recall.trace.prefetched = { text: prefetched.text, startedAt: prefetched.startedAt };
    recall.trace.tookMs = this.#context.clock.monotonic() - start;
    if (recall.trace.degraded) this.#count(run, recall);
    if (request.session !== undefined) this.#shown.remember(request.session, recall);
    return recall;
  }

  #count(run: RecallRun, { trace }: Recall): void {
    const { stats, logger } = this.#context;
    const withStatus = (status: LaneTrace["status"]) => LANES.filter((lane) => trace.lanes[lane].status === status);
    stats.lateLanes += withStatus("late").length;
    const failed = withStatus("failed");
    if (failed.length === 0) return;
    stats.failedRecalls++;
    for (const lane of failed) logger.warn("a lane of recall failed", { lane, error: codeOf(run[lane].error) });
  }

  #requestOf(query: string, options: RecallOptions): RecallRequest {
    const { limits, defaults } = this.#context;
    const request = recallRequest(query, options, limits, defaults);
    const asOf = request.asOf ?? this.#context.clock.now();
    return { ...request, time: timeAsked(request.query, asOf, request.timeZone) };
  }
}

/** What is left of the time; at least so much that it is a time. */
function left({ timeoutMs }: RecallRequest, spentMs: number): number {
  return Math.max(1, timeoutMs - spentMs);
}
