import { randomUUID as newId } from "node:crypto";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage, HumanMessage } from "@langchain/core/messages";
import type { Brief, ForgetResult, Logger, Sotto } from "@sotto/core";
import type { Answer, AnswerEvent, Recalled } from "./answer.ts";
import { createSupportAgent } from "./support-agent.ts";
import { TurnStream } from "./turn-stream.ts";

/** Messages that the model is sent again; what is older comes back by recall. */
const MOST_MESSAGES = 20;

export interface ConversationParts {
  sotto: Sotto;
  model: BaseChatModel;
  user: string;
  indexes: readonly string[];
  logger: Logger;
}

export interface AskOptions {
  /** Aborting it ends the answer, which is kept as far as it was shown. */
  signal: AbortSignal;
  onEvent: (event: AnswerEvent) => void;
}

/** One user's conversation with the agent: a session of Sotto, which becomes permanent memory when it ends. */
export class Conversation {
  readonly user: string;
  readonly sotto: Sotto;
  readonly #parts: ConversationParts;
  #session: string = newId();
  #agent: ReturnType<typeof createSupportAgent> | undefined;
  #messages: BaseMessage[] = [];
  #recalled: Recalled[] = [];
  #last: Answer | undefined;

  constructor(parts: ConversationParts) {
    this.#parts = parts;
    this.user = parts.user;
    this.sotto = parts.sotto;
  }

  get session(): string {
    return this.#session;
  }

  /** The newest answer; undefined before the first one. */
  get last(): Answer | undefined {
    return this.#last;
  }

  /** Opens the session, and makes memory of earlier ones that were not ended. Answers what is known of the user. */
  async start(): Promise<Brief> {
    const { sotto, user, model, indexes, logger } = this.#parts;
    const scope = { user, session: this.#session };
    const session = await sotto.session({ id: scope.session, user });
    await session.close({ end: false });
    const onRecalled = (recalled: Recalled) => this.#recalled.push(recalled);
    this.#agent = createSupportAgent({ sotto, model, scope, indexes, logger, onRecalled });
    return sotto.brief(scope);
  }

  /** @throws the model's error; what was shown until then is kept. */
  async ask(question: string, { signal, onEvent }: AskOptions): Promise<Answer> {
    if (this.#agent === undefined) throw new Error("The conversation was not started.");
    const asked = new HumanMessage({ id: newId(), content: question });
    this.#recalled = [];
    const turn = new TurnStream(onEvent);
    try {
      const stream = await this.#agent.stream(
        { messages: [...this.#messages, asked] },
        { streamMode: ["messages", "updates"], signal, recursionLimit: 20 },
      );
      for await (const [mode, payload] of stream) {
        // What arrives after Ctrl-C is not shown.
        if (signal.aborted) break;
        turn.take(mode, payload);
      }
    } catch (error) {
      if (!signal.aborted) {
        await this.#keep(asked, turn, true);
        throw error;
      }
    }
    await this.#keep(asked, turn, signal.aborted);
    return this.#last as Answer;
  }

  /** Forgets everything about the user, this conversation too, and starts anew. */
  async forget(): Promise<ForgetResult> {
    const result = await this.sotto.forget({ user: this.user });
    this.#session = newId();
    this.#messages = [];
    this.#recalled = [];
    this.#last = undefined;
    await this.start();
    return result;
  }

  /**
   * Ends the session: what was said becomes permanent memory. Answers whether it did; where a consolidator failed it is
   * on disk and becomes memory when the user comes back.
   */
  async end(): Promise<boolean> {
    const { sotto, user } = this;
    const failed = sotto.stats.failedConsolidations;
    await sotto.endSession({ user, session: this.#session });
    return sotto.stats.failedConsolidations === failed;
  }

  /** A whole answer was recorded by the agent's middleware; one that was cut off is recorded here, as it was shown. */
  async #keep(asked: HumanMessage, turn: TurnStream, cutOff: boolean): Promise<void> {
    const { text, toolCalls } = turn;
    const id = turn.answerId ?? newId();
    if (cutOff) {
      const scope = { user: this.user, session: this.#session };
      await this.sotto.recordTurn({ ...scope, role: "user", text: asked.text, itemId: asked.id as string });
      if (text !== "") {
        const heard = { ...scope, role: "assistant", text, itemId: id, interrupted: true } as const;
        await this.sotto.recordTurn({ ...heard, toolCalls });
      }
    }
    const said = text === "" ? [asked] : [asked, new AIMessage({ id, content: text })];
    this.#messages = [...this.#messages, ...said].slice(-MOST_MESSAGES);
    this.#last = { question: asked.text, text, interrupted: cutOff, toolCalls, recalled: this.#recalled };
  }
}
