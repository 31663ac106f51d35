import { memoryMiddleware } from "@sotto/ai-sdk";
import type { Sotto } from "@sotto/core";
import {
  consumeStream,
  convertToModelMessages,
  createUIMessageStreamResponse,
  streamText,
  toUIMessageStream,
  type UIMessage,
  wrapLanguageModel,
} from "ai";
import type { Conversations } from "../conversations/conversations.ts";
import type { Library } from "../documents/library.ts";
import { INSTRUCTIONS } from "./instructions.ts";
import type { ChatModel } from "./model.ts";
import { modelFailure } from "./model-failure.ts";

/** Passages and memories weaker than this are neither shown to the model nor cited, in [0, 1]. */
const MIN_SCORE = 0.15;
/** Milliseconds that recall may take before the model is asked without it. */
const RECALL_MS = 1_000;

export interface AnswererParts {
  sotto: Sotto;
  model: ChatModel;
  library: Library;
  conversations: Conversations;
  /** Messages that the model is sent as they are. */
  historyMessages: number;
}

export interface Question {
  userId: string;
  conversationId: string;
  message: UIMessage;
  /** Aborts the answer: the page was left, or its stop button pressed. */
  signal: AbortSignal;
}

/** Answers a message: recalls, streams with citations, and keeps both halves. */
export class Answerer {
  readonly #parts: AnswererParts;

  constructor(parts: AnswererParts) {
    this.#parts = parts;
  }

  async answer({ userId, conversationId, message, signal }: Question): Promise<Response> {
    const { sotto, model, library, conversations, historyMessages } = this.#parts;
    await conversations.enter(userId, conversationId);
    const scope = await conversations.scopeOf(userId, conversationId);
    const chat = conversations.chat(scope);
    const messages = await chat.resume({ message, messageId: message.id });
    await chat.save(messages);

    const memory = memoryMiddleware(sotto, {
      scope,
      orgIndexes: await library.indexesOf(userId),
      minScore: MIN_SCORE,
      timeoutMs: RECALL_MS,
      // The chat keeps its messages itself, with all their parts.
      record: false,
    });
    const { stream } = streamText({
      model: wrapLanguageModel({ model, middleware: memory }),
      instructions: INSTRUCTIONS,
      messages: await convertToModelMessages(messages.slice(-historyMessages)),
      abortSignal: signal,
    });
    return createUIMessageStreamResponse({
      stream: toUIMessageStream({ stream, sendSources: true, onError: modelFailure, ...chat.streamOptions(messages) }),
      // Reads on when the page is gone, so that what was said by then is kept.
      consumeSseStream: consumeStream,
    });
  }
}
