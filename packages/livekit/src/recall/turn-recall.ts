import type { llm } from "@livekit/agents";
import type { Scope } from "@sotto/core";
import { type RecallOutcome, type TurnMemory, userIdOf } from "@sotto/core/adapter";
import { after, type CallIdentity } from "../call/call-identity.ts";
import type { RecallEvent, ResolvedMemory } from "../memory-options.ts";
import { errorText, guardedLog } from "../telemetry/guarded-log.ts";
import { describe, inMemorySpan } from "../telemetry/memory-span.ts";
import { memoryBlock, spokenIds } from "./memory-block.ts";
import { type CallScope, searchForCall } from "./search-for-call.ts";

/** Recall once for each message of the user, however often the model is called for it. Never rejects, never waits longer than the deadline. */
export class TurnRecall {
  readonly #memory: ResolvedMemory;
  readonly #identity: CallIdentity;
  readonly #turns: TurnMemory;
  /** One block for each recall, so that every step is shown the same. */
  readonly #blocks = new WeakMap<RecallOutcome, llm.ChatMessage | undefined>();
  #latest: string | undefined;

  constructor(memory: ResolvedMemory, identity: CallIdentity, turns: TurnMemory) {
    this.#memory = memory;
    this.#identity = identity;
    this.#turns = turns;
  }

  /** What stands before the message; the same object each time. Undefined when nothing was found in time. */
  async blockFor(message: llm.ChatMessage, items: readonly llm.ChatItem[]): Promise<llm.ChatMessage | undefined> {
    // The turn before it is over.
    if (this.#latest !== undefined && this.#latest !== message.id)
      this.#turns.end({ id: this.#latest, scope: undefined });
    this.#latest = message.id;
    const call: { scope?: CallScope | undefined } = {};
    const outcome = await this.#turns.recall({
      // Unique by itself: whose it is need not be known yet.
      id: message.id,
      scope: Promise.resolve(this.#scopeOf(call)),
      text: message.textContent?.trim() ?? "",
      excludeTurnIds: spokenIds(items, message),
      search: (query, options) =>
        inMemorySpan("search_memory", query, async (span) => {
          if (call.scope === undefined) throw new Error("nobody knows who calls");
          const recall = await searchForCall(this.#memory.sotto, query, call.scope, options);
          describe(span, recall);
          return recall;
        }),
    });
    if (this.#blocks.has(outcome)) return this.#blocks.get(outcome);
    const block = outcome.block === "" ? undefined : memoryBlock(message, outcome.block, this.#memory.placement);
    this.#blocks.set(outcome, block);
    if (outcome.status !== "blank" && outcome.status !== "aborted") this.#tell(eventOf(message.id, outcome));
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

  #scopeOf(call: { scope?: CallScope | undefined }): Scope | undefined | Promise<Scope | undefined> {
    return after(this.#identity.scope(), (scope) => {
      call.scope = scope;
      return scope && { user: scope.speaker, session: scope.session };
    });
  }

  #tell(event: RecallEvent): void {
    try {
      this.#memory.onRecall?.(event);
    } catch (error) {
      guardedLog("error", "onRecall failed", { error: errorText(error) });
    }
  }
}

function eventOf(messageId: string, { status, query, waitedMs, recall, ...more }: RecallOutcome): RecallEvent {
  return {
    messageId,
    query,
    waitedMs,
    status: status as RecallEvent["status"],
    ...(recall === undefined ? {} : { recall }),
    ...("error" in more ? { error: more.error } : {}),
  };
}
