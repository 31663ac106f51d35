import type { llm } from "@livekit/agents";
import type { Recall } from "@sotto/core";
import type { CallIdentity } from "../call/call-identity.ts";
import type { RecallEvent, ResolvedMemory } from "../memory-options.ts";
import { errorText, guardedLog } from "../telemetry/guarded-log.ts";
import { inMemorySpan, type MemorySpan } from "../telemetry/memory-span.ts";
import { type Outcome, within } from "../within.ts";
import { memoryBlock, spokenIds } from "./memory-block.ts";
import { searchForCall, userIdOf } from "./search-for-call.ts";

/** Core gets a little less than the deadline, so that lanes which are there are not lost with those which are late. */
const CORE_SHARE = 0.8;
/** Decisions that are kept: one call asks for the newest message only, but replies may overlap. */
const MOST_KEPT = 16;

/** Recall once for each message of the user, however often the model is called for it. Never rejects, never waits longer than the deadline. */
export class TurnRecall {
  readonly #memory: ResolvedMemory;
  readonly #identity: CallIdentity;
  readonly #decisions = new Map<string, Promise<llm.ChatMessage | undefined>>();

  constructor(memory: ResolvedMemory, identity: CallIdentity) {
    this.#memory = memory;
    this.#identity = identity;
  }

  /** What stands before the message; the same object each time. Undefined when nothing was found in time. */
  blockFor(message: llm.ChatMessage, items: readonly llm.ChatItem[]): Promise<llm.ChatMessage | undefined> {
    const decided = this.#decisions.get(message.id);
    if (decided !== undefined) return decided;
    const text = message.textContent?.trim() ?? "";
    if (text === "") return Promise.resolve(undefined);
    const block = this.#decide(message, text, items);
    this.#decisions.set(message.id, block);
    for (const oldest of this.#decisions.keys()) {
      if (this.#decisions.size <= MOST_KEPT) break;
      this.#decisions.delete(oldest);
    }
    return block;
  }

  /** Begins to recall for a message that is still being said. */
  prefetch(partialText: string, items: readonly llm.ChatItem[]): void {
    try {
      const scope = this.#identity.scope();
      if (scope === undefined || scope instanceof Promise) return;
      const { speaker: user, owner, session } = scope;
      if (userIdOf(user) !== userIdOf(owner)) return;
      this.#memory.sotto.prefetch(partialText, {
        ...this.#memory.recall,
        excludeTurnIds: spokenIds(items),
        user,
        session,
      });
    } catch (error) {
      guardedLog("debug", "a prefetch failed", { error: errorText(error) });
    }
  }

  async #decide(
    message: llm.ChatMessage,
    query: string,
    items: readonly llm.ChatItem[],
  ): Promise<llm.ChatMessage | undefined> {
    const start = performance.now();
    const outcome = await this.#search(query, spokenIds(items, message));
    const event = eventOf(message.id, query, performance.now() - start, outcome);
    this.#tell(event);
    if (event.status !== "ok" || event.recall === undefined) return undefined;
    return memoryBlock(message, event.recall.contextText, this.#memory.role);
  }

  #search(query: string, excludeTurnIds: string[]): Promise<Outcome<Recall | undefined>> {
    const { deadlineMs, sotto } = this.#memory;
    return within(deadlineMs, (signal) =>
      inMemorySpan("search_memory", query, async (span) => {
        const start = performance.now();
        // Not awaited when it is known: recall over open memory is then done before the user's turn is written.
        const known = this.#identity.scope();
        const scope = known instanceof Promise ? await known : known;
        if (scope === undefined || signal.aborted) return undefined;
        const timeoutMs = Math.max(1, deadlineMs * CORE_SHARE - (performance.now() - start));
        const recall = await searchForCall(sotto, query, scope, {
          ...this.#memory.recall,
          excludeTurnIds,
          timeoutMs,
          signal,
        });
        describe(span, recall);
        return recall;
      }),
    );
  }

  #tell(event: RecallEvent): void {
    if (event.status === "failed" || event.status === "late") {
      guardedLog("warn", "the reply goes on without memory", {
        reason: event.status,
        waitedMs: event.waitedMs,
        ...(event.error === undefined ? {} : { error: errorText(event.error) }),
      });
    }
    try {
      this.#memory.onRecall?.(event);
    } catch (error) {
      guardedLog("error", "onRecall failed", { error: errorText(error) });
    }
  }
}

function eventOf(
  messageId: string,
  query: string,
  waitedMs: number,
  outcome: Outcome<Recall | undefined>,
): RecallEvent {
  const event = { messageId, query, waitedMs };
  if (outcome.status === "late") return { ...event, status: "late" };
  if (outcome.status === "failed") return { ...event, status: "failed", error: outcome.error };
  const recall = outcome.value;
  if (recall === undefined) return { ...event, status: "unknown_user" };
  return { ...event, status: recall.contextText === "" ? "empty" : "ok", recall };
}

/** Puts what was found on the span. */
export function describe(span: MemorySpan, recall: Recall): void {
  const { trace } = recall;
  const found = [...recall.working, ...recall.permanent, ...recall.org];
  span.records(found.map(({ id, score, text }) => ({ id, score, content: text })));
  span.set({
    "sotto.recall.took_ms": trace.tookMs,
    "sotto.recall.degraded": trace.degraded,
    "sotto.recall.prefetched": trace.prefetched !== undefined,
  });
  for (const [lane, { status, ms, hits }] of Object.entries(trace.lanes)) {
    span.set({
      [`sotto.lane.${lane}.status`]: status,
      [`sotto.lane.${lane}.ms`]: ms,
      [`sotto.lane.${lane}.hits`]: hits,
    });
  }
}
