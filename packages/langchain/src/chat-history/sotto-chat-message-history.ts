import { BaseListChatMessageHistory } from "@langchain/core/chat_history";
import {
  AIMessage,
  type BaseMessage,
  HumanMessage,
  mapChatMessagesToStoredMessages,
  mapStoredMessagesToChatMessages,
  type StoredMessage,
} from "@langchain/core/messages";
import {
  type Document,
  type JsonValue,
  type Scope,
  type Session,
  type Sotto,
  SottoError,
  type Turn,
  type TurnInput,
} from "@sotto/core";
import { toolCallsOf } from "../messages/tool-calls-of.ts";

export interface SottoChatMessageHistoryFields {
  sotto: Sotto;
  /** Whose conversation, and which. */
  scope: Scope & { session: string };
}

/**
 * A session of Sotto as a LangChain chat history: what is said is durable, recalled in this conversation and, once the
 * session has ended, in later ones. Messages come back as they were, tool calls and content blocks too, to any instance.
 * What the user and the assistant say are turns; other messages (system, tool, calls without text) are kept in the
 * session beside them, and never recalled as something said.
 *
 * @example
 * const history = new SottoChatMessageHistory({ sotto, scope: { user: "ada", session: "chat-1" } });
 * const chain = new RunnableWithMessageHistory({ runnable, getMessageHistory: () => history });
 */
export class SottoChatMessageHistory extends BaseListChatMessageHistory {
  override lc_namespace = ["sotto", "stores", "message"];
  readonly #sotto: Sotto;
  readonly #scope: Scope & { session: string };

  constructor({ sotto, scope }: SottoChatMessageHistoryFields) {
    super();
    this.#sotto = sotto;
    this.#scope = scope;
  }

  override async getMessages(): Promise<BaseMessage[]> {
    return this.#inSession(async (session) => [
      ...(await session.turns()).flatMap(messagesOf),
      ...(await waitingIn(session)),
    ]);
  }

  override addMessage(message: BaseMessage): Promise<void> {
    return this.addMessages([message]);
  }

  /** @throws `history.not_saved` when a turn could not be stored (the reason is logged by Sotto). */
  override async addMessages(messages: BaseMessage[]): Promise<void> {
    await this.#inSession(async (session) => {
      const waitedBefore = await waitingIn(session);
      let waiting = waitedBefore;
      for (const message of messages) {
        waiting = [...waiting, message];
        const said = message.type === "human" || message.type === "ai";
        if (!said || message.text.trim() === "") continue;
        await this.#record(waiting, message);
        waiting = [];
      }
      if (waiting.length > 0) await session.addDocs([waitingDocument(waiting)]);
      else if (waitedBefore.length > 0) await session.deleteDocs([WAITING_ID]);
    });
  }

  /** Forgets the session, with the memories that came from it. */
  override async clear(): Promise<void> {
    await this.#sotto.forget({ session: this.#scope.session });
  }

  async #inSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const { session: id, user } = this.#scope;
    const session = await this.#sotto.session({ id, user });
    try {
      return await work(session);
    } finally {
      await session.close({ end: false });
    }
  }

  async #record(together: readonly BaseMessage[], message: BaseMessage): Promise<void> {
    const toolCalls = toolCallsOf(together);
    const turn: TurnInput = {
      ...this.#scope,
      role: message.type === "human" ? "user" : "assistant",
      text: message.text,
      metadata: { langchain: stored(together) },
      ...(message.id === undefined ? {} : { itemId: message.id }),
      ...(toolCalls.length === 0 ? {} : { toolCalls }),
    };
    const id = await this.#sotto.recordTurn(turn);
    if (id === null) {
      throw new SottoError("history.not_saved", "The message could not be stored in the session.", {
        session: this.#scope.session,
      });
    }
  }
}

/** Messages that were not said wait in a document of the session for the next turn, whoever writes that. */
const WAITING_ID = ".langchain-waiting";

function waitingDocument(messages: readonly BaseMessage[]): Document {
  return { id: WAITING_ID, text: "·", payload: stored(messages) };
}

async function waitingIn(session: Session): Promise<BaseMessage[]> {
  const [document] = await session.getDocs({ ids: [WAITING_ID] });
  return Array.isArray(document?.payload) ? restored(document.payload) : [];
}

function stored(messages: readonly BaseMessage[]): JsonValue {
  return structuredCopy(mapChatMessagesToStoredMessages([...messages]) as unknown as JsonValue);
}

function restored(messages: JsonValue): BaseMessage[] {
  return mapStoredMessagesToChatMessages(structuredCopy(messages) as unknown as StoredMessage[]);
}

/** Also for turns that something else recorded. */
function messagesOf({ id, role, text, metadata }: Turn): BaseMessage[] {
  if (Array.isArray(metadata?.langchain)) {
    return restored(metadata.langchain);
  }
  return [role === "user" ? new HumanMessage({ id, content: text }) : new AIMessage({ id, content: text })];
}

function structuredCopy(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value));
}
