import { llm, voice } from "@livekit/agents";
import type { CallMemory } from "../call/call-memory.ts";
import { greetingContext } from "../greeting/greeting-context.ts";
import type { ResolvedMemory } from "../memory-options.ts";
import { errorText, guardedLog } from "../telemetry/guarded-log.ts";

/**
 * Realtime models call no `llmNode`: what is known goes into their instructions, behind those of the agent. Instructions
 * that the agent sets later stay in front.
 */
export class RealtimeInstructions {
  readonly #agent: voice.Agent;
  readonly #call: CallMemory;
  readonly #memory: ResolvedMemory;
  #base: string | llm.Instructions;
  #set: string | llm.Instructions | undefined;

  constructor(agent: voice.Agent, call: CallMemory, memory: ResolvedMemory) {
    this.#agent = agent;
    this.#call = call;
    this.#memory = memory;
    this.#base = agent.instructions;
  }

  /** Does nothing for other models. Waits at most the deadline, and never rejects. */
  async start(): Promise<void> {
    if (this.#memory.realtime === "off" || !this.#isRealtime()) return;
    if (!this.#mayUpdate())
      return guardedLog(
        "warn",
        "this realtime model takes no new instructions in a call: put greetingContext() into the agent's instructions",
      );
    const greeting = await greetingContext(this.#memory, { session: this.#call.session });
    await this.#update(greeting);
    if (this.#memory.realtime === "turns") this.#followTurns();
  }

  #followTurns(): void {
    this.#call.session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
      if (item.type !== "message" || item.role !== "user" || !this.#isCurrent()) return;
      void this.#call.recall
        .blockFor(item, this.#agent.chatCtx.items)
        .then((block) => this.#update(block?.textContent ?? ""));
    });
  }

  async #update(known: string): Promise<void> {
    const { instructions } = this.#agent;
    if (instructions !== this.#set) this.#base = instructions;
    if (known === "" && this.#set === undefined) return;
    const next = known === "" ? this.#base : llm.concatInstructions(this.#base, `\n\n${known}`);
    try {
      await this.#agent.updateInstructions(next);
      this.#set = this.#agent.instructions;
    } catch (error) {
      guardedLog("warn", "the realtime model's instructions could not be updated", { error: errorText(error) });
    }
  }

  #isRealtime(): boolean {
    try {
      return this.#agent.getActivityOrThrow().llm instanceof llm.RealtimeModel;
    } catch {
      return false;
    }
  }

  #mayUpdate(): boolean {
    const model = this.#agent.getActivityOrThrow().llm;
    return !(model instanceof llm.RealtimeModel) || model.capabilities.midSessionInstructionsUpdate !== false;
  }

  #isCurrent(): boolean {
    try {
      return this.#call.session.currentAgent === this.#agent;
    } catch {
      return false;
    }
  }
}
