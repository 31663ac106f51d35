import { BaseListChatMessageHistory } from "@langchain/core/chat_history";
import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  mapChatMessagesToStoredMessages,
  mapStoredMessagesToChatMessages,
  type StoredMessage,
} from "@langchain/core/messages";
import { type JsonValue, type Scope, type Sotto, SottoError, type Turn, type TurnInput } from "@sotto/core";
import { toolCallsOf } from "../messages/tool-calls-of.ts";

export interface SottoChatMessageHistoryFields {
  sotto: Sotto;
  /** Whose conversation, and which. */
  scope: Scope & { session: string };
}

/**
 * A session of Sotto as a LangChain chat history: what is said is durable, recalled in this conversation and, once the
 * session has ended, in later ones. Messages come back as they were, tool calls and content blocks too. What the user
 * and the assistant say are turns; other messages (system, tool, calls without text) are kept with the next turn, so
 * that they are never recalled as something said, and until then in this object only.
 *
 * @example
 * const history = new SottoChatMessageHistory({ sotto, scope: { user: "ada", session: "chat-1" } });
 * const chain = new RunnableWithMessageHistory({ runnable, getMessageHistory: () => history });
 */
export class SottoChatMessageHistory extends BaseListChatMessageHistory {
  override lc_namespace = ["sotto", "stores", "message"];
  readonly #sotto: Sotto;
  readonly #scope: Scope & { session: string };
  #pending: BaseMessage[] = [];

  constructor({ sotto, scope }: SottoChatMessageHistoryFields) {
    super();
    this.#sotto = sotto;
    this.#scope = scope;
  }

  override async getMessages(): Promise<BaseMessage[]> {
    const { session, user } = this.#scope;
    const opened = await this.#sotto.session({ id: session, user });
    try {
      return [...(await opened.turns()).flatMap(messagesOf), ...this.#pending];
    } finally {
      await opened.close({ end: false });
    }
  }

  override addMessage(message: BaseMessage): Promise<void> {
    return this.addMessages([message]);
  }

  /** @throws `history.not_saved` when a turn could not be stored (the reason is logged by Sotto). */
  override async addMessages(messages: BaseMessage[]): Promise<void> {
    for (const message of messages) {
      const said = message.type === "human" || message.type === "ai";
      if (!said || message.text.trim() === "") this.#pending.push(message);
      else await this.#record(message);
    }
  }

  /** Forgets the session, with the memories that came from it. */
  override async clear(): Promise<void> {
    this.#pending = [];
    await this.#sotto.forget({ session: this.#scope.session });
  }

  async #record(message: BaseMessage): Promise<void> {
    const together = [...this.#pending, message];
    const toolCalls = toolCallsOf(together);
    const turn: TurnInput = {
      ...this.#scope,
      role: message.type === "human" ? "user" : "assistant",
      text: message.text,
      metadata: { langchain: mapChatMessagesToStoredMessages(together) as unknown as JsonValue },
      ...(message.id === undefined ? {} : { itemId: message.id }),
      ...(toolCalls.length === 0 ? {} : { toolCalls }),
    };
    const id = await this.#sotto.recordTurn(turn);
    if (id === null) {
      throw new SottoError("history.not_saved", "The message could not be stored in the session.", {
        session: this.#scope.session,
      });
    }
    this.#pending = [];
  }
}

/** Also for turns that something else recorded. */
function messagesOf({ id, role, text, metadata }: Turn): BaseMessage[] {
  if (Array.isArray(metadata?.langchain)) {
    return mapStoredMessagesToChatMessages(structuredCopy(metadata.langchain) as unknown as StoredMessage[]);
  }
  return [role === "user" ? new HumanMessage({ id, content: text }) : new AIMessage({ id, content: text })];
}

function structuredCopy(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value));
}
