import type { Recall, Scope, ToolCall } from "@sotto/core";
import type { Clock, RecallOutcome, TurnMemory } from "@sotto/core/adapter";
import type { Conversation } from "../turn/conversation.ts";
import { RecordedTurn } from "../turn/recorded-turn.ts";
import type { StepOutput } from "./step-output.ts";

export interface TurnSetting {
  memory: TurnMemory;
  clock: Clock;
  settleAfterMs: number;
  isRunning: (turnId: string) => boolean;
  /** The turn is over: the same words are another one. */
  onEnd: (turn: MiddlewareTurn) => void;
}

/** One turn of a conversation: recalled once, recorded once, however many steps it takes. */
export class MiddlewareTurn {
  readonly scope: Scope;
  readonly conversation: Conversation;
  /** Calls of the model under way. */
  running = 0;
  cited: boolean;
  /** What the model was shown. */
  shown: Recall | undefined;
  readonly #setting: TurnSetting;
  readonly #recorded: RecordedTurn;
  #signal: AbortSignal | undefined;
  #asked: Promise<unknown> | undefined;
  #texts: string[] = [];
  #toolCalls: ToolCall[] = [];
  #waitsForTools = false;
  /** The last call failed: an answer that was to be shown as a whole was not shown. */
  #withheld = false;
  #interrupted = false;
  #cancelTimer = () => {};
  #settling: Promise<unknown> = Promise.resolve();

  constructor(conversation: Conversation, scope: Scope, setting: TurnSetting) {
    this.conversation = conversation;
    this.scope = scope;
    this.#setting = setting;
    this.#recorded = new RecordedTurn(conversation);
    // A turn that is taken up again was cited by the call that began it.
    this.cited = conversation.steps > 0;
  }

  /** Tools are run for it: what the application adds to its messages meanwhile is a part of it. */
  get waitsForTools(): boolean {
    return this.#waitsForTools && this.#signal?.aborted !== true;
  }

  async recall(signal: AbortSignal | undefined): Promise<RecallOutcome> {
    this.#signal = signal;
    const { turnId: id, userText: text, turnsBefore } = this.conversation;
    const asking = this.#setting.memory.recall({ id, scope: this.scope, text, excludeLastTurns: turnsBefore }, signal);
    // After recall, which would else find the question.
    this.#asked ??= asking.then(() => {
      void this.#setting.memory.record(this.scope, this.#recorded.question(this.#setting.isRunning));
    });
    const outcome = await asking;
    if (outcome.block !== "") this.shown = outcome.recall;
    if (this.running === 0) this.#endLater();
    return outcome;
  }

  /** A call of the model begins. */
  beginStep(): void {
    this.running++;
    this.#waitsForTools = false;
    this.#withheld = false;
    this.#interrupted = false;
    this.#cancelTimer();
  }

  /** A call of the model is over. */
  endStep(output: StepOutput, interrupted: boolean): void {
    this.running--;
    if (output.text.trim() !== "") this.#texts.push(output.text.trim());
    this.#toolCalls.push(...output.toolCalls);
    this.#interrupted = interrupted;
    this.#waitsForTools = !interrupted && output.continues;
    if (this.#waitsForTools) this.#endLater();
    else this.end();
  }

  /** A call failed before anything of it was shown. It may be tried again. `withheld`: nor were the steps before it. */
  failStep({ withheld, final }: { withheld: boolean; final: boolean }): void {
    this.running--;
    this.#withheld = withheld;
    this.#interrupted = true;
    if (final) this.end();
    else this.#endLater();
  }

  /** The turn is over. */
  end(): void {
    this.settle();
    this.#setting.memory.end({ id: this.conversation.turnId, scope: this.scope });
    this.#setting.onEnd(this);
  }

  /** Records what was sent and is not recorded yet. */
  settle(): void {
    this.#cancelTimer();
    const text = this.#texts.join("\n");
    const more = {
      ...(this.#interrupted ? { interrupted: true } : {}),
      ...(this.#toolCalls.length === 0 ? {} : { toolCalls: this.#toolCalls }),
    };
    this.#texts = [];
    this.#toolCalls = [];
    if (text === "" || this.#withheld) return;
    this.#settling = Promise.all([this.#settling, this.#asked, this.#recorded.answer(text, more)]).then(
      ([, , draft]) => void this.#setting.memory.record(this.scope, draft),
    );
  }

  /** Resolves once what was settled is queued for writing. */
  async settled(): Promise<void> {
    await this.#asked;
    await this.#settling;
  }

  /** A turn that waits for a tool, an approval or another try may never go on. */
  #endLater(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#setting.clock.after(this.#setting.settleAfterMs, () => this.end());
  }
}
