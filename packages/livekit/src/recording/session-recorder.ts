import { type llm, voice } from "@livekit/agents";
import type { ToolCall, TurnInput, UserRef } from "@sotto/core";
import { type TurnMemory, userIdOf } from "@sotto/core/adapter";
import { after, type CallIdentity, type Maybe } from "../call/call-identity.ts";
import type { ResolvedMemory } from "../memory-options.ts";
import { errorText, guardedLog } from "../telemetry/guarded-log.ts";
import { inMemorySpan } from "../telemetry/memory-span.ts";
import { type SpokenTurn, toolCallsOf, turnOfItem } from "./turn-of-item.ts";

/** Writes each turn of a session as it comes. Nothing here waits in the way of the voice, and nothing throws into it. */
export class SessionRecorder {
  readonly #memory: ResolvedMemory;
  readonly #identity: CallIdentity;
  readonly #turns: TurnMemory;
  /** Turns whose speaker is not known yet. */
  readonly #pending = new Set<Promise<void>>();
  #toolCalls: ToolCall[] = [];
  #unended = 0;
  #ending: Promise<void> | undefined;

  constructor(memory: ResolvedMemory, identity: CallIdentity, turns: TurnMemory) {
    this.#memory = memory;
    this.#identity = identity;
    this.#turns = turns;
  }

  listen(session: voice.AgentSession): void {
    session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => this.#add(item));
    session.on(voice.AgentSessionEventTypes.FunctionToolsExecuted, (event) =>
      this.#toolCalls.push(...toolCallsOf(event)),
    );
    session.on(voice.AgentSessionEventTypes.Close, () => void this.end());
  }

  /** Resolves when every turn so far is on disk, or was given up. */
  async flush(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
    await this.#turns.flush();
  }

  /** Flushes, then turns the session into permanent memory (unless `consolidate` is false). Never rejects. */
  end(): Promise<void> {
    this.#ending ??= this.#end().finally(() => {
      this.#ending = undefined;
    });
    return this.#ending;
  }

  #add(item: llm.ChatMessage | llm.AgentHandoffItem): void {
    const turn = turnOfItem(item);
    if (turn === undefined) return;
    this.#unended++;
    const toolCalls = turn.role === "assistant" ? this.#toolCalls.splice(0) : [];
    const written = this.#write(turn, toolCalls).catch((error: unknown) => {
      guardedLog("error", "a turn was not recorded", { itemId: turn.itemId, error: errorText(error) });
    });
    this.#pending.add(written);
    void written.then(() => this.#pending.delete(written));
  }

  /** Runs at once up to the store's append when it is known who calls. */
  async #write(turn: SpokenTurn, toolCalls: ToolCall[]): Promise<void> {
    const owner = this.#identity.owner();
    const speaker = turn.role === "user" ? this.#identity.speaker() : undefined;
    const session = this.#identity.id();
    const input = allOf(owner, speaker, session, (user, said, id) => turnInput(turn, toolCalls, user, said, id));
    const known = input instanceof Promise ? await input : input;
    if (known === undefined)
      return guardedLog("warn", "a turn was not recorded: nobody knows whose it is", { itemId: turn.itemId });
    await inMemorySpan("create_memory", undefined, async (span) => {
      const { user, session: of, ...draft } = known;
      const id = await this.#turns.record({ user, session: of }, draft);
      if (id === null) guardedLog("error", "a turn was not recorded", { itemId: turn.itemId });
      else span.records([{ id, content: turn.text }]);
    });
  }

  async #end(): Promise<void> {
    await this.flush();
    if (!this.#memory.consolidate || this.#unended === 0) return;
    const turns = this.#unended;
    try {
      const [user, session] = await Promise.all([this.#identity.owner(), this.#identity.id()]);
      if (user === undefined || !this.#identity.isRemembered(user)) return;
      await this.#memory.sotto.endSession({ user, session });
      this.#unended -= turns;
    } catch (error) {
      guardedLog("error", "the session was not consolidated; it will be when its user calls next", {
        error: errorText(error),
      });
    }
  }
}

function turnInput(
  turn: SpokenTurn,
  toolCalls: ToolCall[],
  user: UserRef | undefined,
  speaker: UserRef | undefined,
  session: string,
): TurnInput | undefined {
  if (user === undefined || (turn.role === "user" && speaker === undefined)) return undefined;
  const input: TurnInput = { ...turn, user, session };
  if (speaker !== undefined && userIdOf(speaker) !== userIdOf(user)) input.speaker = speaker;
  if (toolCalls.length > 0) input.toolCalls = toolCalls;
  return input;
}

function allOf<A, B, C, R>(a: Maybe<A>, b: Maybe<B>, c: Maybe<C>, next: (a: A, b: B, c: C) => R): Maybe<R> {
  return after(a, (first) => after(b, (second) => after(c, (third) => next(first, second, third))));
}
