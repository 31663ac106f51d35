import type { Recall, Scope, ToolCall } from "@sotto/core";
import type { Conversation } from "../turn/conversation.ts";
import { textHash } from "../turn/text-hash.ts";
import type { TurnMemory } from "../turn/turn-memory.ts";
import type { StepOutput } from "./step-output.ts";

/** One turn of a conversation: recalled once, recorded once, however many steps it takes. */
export class Turn {
  readonly scope: Scope;
  readonly recall: Promise<Recall | null>;
  /** Calls of the model under way. */
  running = 0;
  cited: boolean;
  readonly #id: string;
  readonly #memory: TurnMemory;
  readonly #settleAfterMs: number;
  #texts: string[] = [];
  #toolCalls: ToolCall[] = [];
  /** The last call failed: an answer that was to be shown as a whole was not shown. */
  #withheld = false;
  #interrupted = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #settling: Promise<void> = Promise.resolve();

  constructor(
    memory: TurnMemory,
    conversation: Conversation,
    { scope, signal, settleAfterMs }: { scope: Scope; signal: AbortSignal | undefined; settleAfterMs: number },
  ) {
    this.#memory = memory;
    this.#id = conversation.turnId;
    this.#settleAfterMs = settleAfterMs;
    this.scope = scope;
    // A turn that is taken up again was cited by the call that began it.
    this.cited = conversation.steps > 0;
    this.recall = memory.recall(conversation, scope, signal);
    if (conversation.steps === 0) {
      // After recall, which would else find the question.
      void this.recall.then(() =>
        memory.record(scope, { role: "user", text: conversation.userText, itemId: `${this.#id}/user` }),
      );
    }
  }

  /** A call of the model is over. `shown` is false when the application got nothing of it. */
  endStep(output: StepOutput, { shown, interrupted }: { shown: boolean; interrupted: boolean }): void {
    this.running--;
    if (shown) {
      if (output.text.trim() !== "") this.#texts.push(output.text.trim());
      this.#toolCalls.push(...output.toolCalls);
    }
    this.#interrupted = interrupted;
    if (shown && (interrupted || !output.continues)) this.settle();
    else this.#settleLater();
  }

  /** A call failed before anything of it was shown. It may be tried again. `withheld`: nor were the steps before it. */
  failStep({ withheld, final }: { withheld: boolean; final: boolean }): void {
    this.running--;
    this.#withheld = withheld;
    this.#interrupted = true;
    if (final) this.settle();
    else this.#settleLater();
  }

  /** A call begins. */
  beginStep(): void {
    this.running++;
    this.#withheld = false;
    this.#interrupted = false;
    clearTimeout(this.#timer);
  }

  /** Records what was sent and is not recorded yet. */
  settle(): void {
    clearTimeout(this.#timer);
    const text = this.#texts.join("\n");
    const toolCalls = this.#toolCalls;
    const interrupted = this.#interrupted;
    const withheld = this.#withheld;
    this.#texts = [];
    this.#toolCalls = [];
    if (text === "" || withheld) return;
    this.#settling = Promise.all([this.#settling, this.recall, textHash(text)]).then(([, , hash]) =>
      this.#memory.record(this.scope, {
        role: "assistant",
        text,
        // The same answer written twice is one; another answer to the same question is another.
        itemId: `${this.#id}/assistant/${hash}`,
        ...(interrupted ? { interrupted } : {}),
        ...(toolCalls.length === 0 ? {} : { toolCalls }),
      }),
    );
  }

  /** Resolves once what was settled is queued for writing. */
  async settled(): Promise<void> {
    await this.recall;
    await this.#settling;
  }

  /** A turn that waits for a tool or an approval may never go on. */
  #settleLater(): void {
    clearTimeout(this.#timer);
    if (this.#texts.length === 0) return;
    this.#timer = setTimeout(() => this.settle(), this.#settleAfterMs);
    (this.#timer as { unref?: () => void }).unref?.();
  }
}
