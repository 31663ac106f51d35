import { InvalidArgumentError, type Logger, type Scope, type Sotto } from "@sotto/core";
import { generateId, type UIMessage, type UIMessageStreamOnEndCallback } from "ai";
import { ChatNotSavedError } from "./chat-not-saved-error.ts";
import { currentMessages } from "./current-messages.ts";
import { messageText } from "./message-text.ts";
import { messageMetadata, messageTurnId, storedMessage } from "./stored-message.ts";

export interface ChatMemoryOptions {
  /** Whose chat, and which: the session is the id of the chat. */
  scope: Scope & { session: string };
  /** Makes ids for answers. Default: the SDK's. */
  generateMessageId?: () => string;
  /** Where it is said that an answer could not be stored. Default: the console. */
  logger?: Pick<Logger, "warn">;
}

/** What `useChat` sends when only the newest message goes over the wire. */
export interface ChatRequest<Message extends UIMessage = UIMessage> {
  message?: Message | undefined;
  trigger?: "submit-message" | "regenerate-message" | undefined;
  /** Of the answer to generate again, or of the question to replace. */
  messageId?: string | undefined;
}

export interface ChatMemory<Message extends UIMessage = UIMessage> {
  /** The chat as it is now, oldest first; turns of the session that were spoken elsewhere are in it as text. */
  load(): Promise<Message[]>;
  /**
   * Stores what is new or changed; durable when it resolves. `messages` is the chat, or the end of it.
   * @throws `ai_sdk.chat_not_saved`
   */
  save(messages: readonly Message[], options?: { interrupted?: boolean }): Promise<void>;
  /** The chat with the message of a request in it, ready for the model; what the request replaces is left out. */
  resume(request: ChatRequest<Message>): Promise<Message[]>;
  /** Options of `toUIMessageStream` (or of its response) that store the answer, also one that was stopped. */
  streamOptions(messages: Message[]): {
    originalMessages: Message[];
    generateMessageId: () => string;
    onEnd: UIMessageStreamOnEndCallback<Message>;
  };
}

/**
 * A chat of `UIMessage`s, kept in a Sotto session: all parts of each message, and its words as a turn that memory finds.
 * Where the same model is wrapped by `memoryMiddleware`, give that `record: false`.
 *
 * @example
 * ```ts
 * const chat = chatMemory(sotto, { scope: { user: "ana", session: chatId } });
 * const messages = await chat.resume(await request.json());
 * await chat.save(messages);
 * const { stream } = streamText({ model, messages: await convertToModelMessages(messages) });
 * return createUIMessageStreamResponse({ stream: toUIMessageStream({ stream, ...chat.streamOptions(messages) }) });
 * ```
 */
export function chatMemory<Message extends UIMessage = UIMessage>(
  memory: Sotto,
  options: ChatMemoryOptions,
): ChatMemory<Message> {
  const { scope, generateMessageId = generateId, logger = console } = options;
  if (typeof scope?.session !== "string" || scope.session === "") {
    throw new InvalidArgumentError("scope.session", "a chat needs the id of its session");
  }

  async function turns() {
    const session = await memory.session({ id: scope.session, user: scope.user });
    try {
      return await session.turns();
    } finally {
      await session.close({ end: false });
    }
  }

  async function load(): Promise<Message[]> {
    return currentMessages(await turns()) as Message[];
  }

  async function save(messages: readonly Message[], { interrupted = false } = {}): Promise<void> {
    const stored = await turns();
    const known = new Set(stored.map(({ id }) => id));
    const previous = new Map(
      stored.flatMap((turn) => {
        const each = storedMessage(turn);
        return each === undefined ? [] : [[each.message.id, each.previousId]];
      }),
    );
    const fromElsewhere = new Set(stored.filter((turn) => storedMessage(turn) === undefined).map(({ id }) => id));
    const own = messages.filter(({ role, id }) => role !== "system" && !fromElsewhere.has(id));
    const failed: string[] = [];
    // The end of a chat goes on from what is stored of it.
    let previousId = previous.get(own[0]?.id ?? "") ?? (previous.has(own[0]?.id ?? "") ? null : lastStored(stored));
    for (const message of own) {
      const itemId = await messageTurnId(message);
      const text = messageText(message);
      if (!known.has(itemId) && text !== "") {
        const id = await memory.recordTurn({
          ...scope,
          role: message.role === "user" ? "user" : "assistant",
          text,
          itemId,
          metadata: messageMetadata({ message, previousId }),
          ...(interrupted && message === own.at(-1) && message.role === "assistant" ? { interrupted } : {}),
        });
        if (id === null) failed.push(message.id);
      }
      if (text !== "") previousId = message.id;
    }
    if (failed.length > 0) throw new ChatNotSavedError(scope.session, failed);
  }

  async function resume({ message, trigger, messageId }: ChatRequest<Message>): Promise<Message[]> {
    const messages = await load();
    const replaced = messages.findIndex(({ id }) => id === (messageId ?? message?.id));
    const kept = replaced === -1 ? messages : messages.slice(0, replaced);
    if (trigger === "regenerate-message" || message === undefined) {
      if (replaced === -1 || messages[replaced]?.role === "assistant") return replaced === -1 ? messages : kept;
      return messages.slice(0, replaced + 1);
    }
    return [...kept, message];
  }

  return {
    load,
    save,
    resume,
    streamOptions: (messages) => ({
      originalMessages: messages,
      generateMessageId,
      async onEnd({ messages: all, isAborted, isCancelled, outcome }) {
        try {
          const interrupted = isAborted || isCancelled === true || outcome.status === "failed";
          await save(all, { interrupted });
        } catch (error) {
          // The answer was given; that it could not be kept must not break the stream.
          const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
          logger.warn("sotto: a chat could not be stored", { session: scope.session, error: reason });
        }
      },
    }),
  };
}

function lastStored(turns: readonly Parameters<typeof storedMessage>[0][]): string | null {
  for (const turn of turns.toReversed()) {
    const stored = storedMessage(turn);
    if (stored !== undefined) return stored.message.id;
  }
  return null;
}
