import { InvalidArgumentError, type Logger, type Scope, type Sotto } from "@sotto/core";
import { codeOf, consoleLogger } from "@sotto/core/adapter";
import { generateId, type UIMessage, type UIMessageStreamOnEndCallback } from "ai";
import { type ListedChat, listChats, renameChat } from "./chat-list.ts";
import { ChatNotSavedError } from "./chat-not-saved-error.ts";
import { withClosedTools } from "./closed-tools.ts";
import { currentMessages } from "./current-messages.ts";
import { savePlan } from "./saved-messages.ts";

export interface ChatMemoryOptions {
  /** Whose chat, and which: the session is the id of the chat. */
  scope: Scope & { session: string };
  /** Makes ids for answers. Default: the SDK's. */
  generateMessageId?: (() => string) | undefined;
  /** Where it is said that an answer could not be stored. Default: the console. */
  logger?: Pick<Logger, "warn"> | undefined;
}

/** What `useChat` sends: the whole chat by default, or the newest message alone (`prepareSendMessagesRequest`). */
export interface ChatRequest<Message extends UIMessage = UIMessage> {
  message?: Message | undefined;
  /** Only the last one counts: what was said before is taken from memory, not from the client. */
  messages?: readonly Message[] | undefined;
  trigger?: "submit-message" | "regenerate-message" | undefined;
  /** Of the answer to generate again, or of the question to replace. */
  messageId?: string | undefined;
}

export interface SaveOptions {
  /** The last message is an answer that was cut off. Default false. */
  interrupted?: boolean | undefined;
  /** What is stored after the given messages was undone: it is forgotten. Default false. */
  undo?: boolean | undefined;
}

export interface ChatMemory<Message extends UIMessage = UIMessage> {
  /** The chat as it is now, oldest first; turns of the session that were spoken elsewhere are in it as text. */
  load(): Promise<Message[]>;
  /**
   * Stores what is new or changed; durable when it resolves. `messages` is the chat, or the end of it. What they replace
   * (an edited question with what followed, an answer that was generated again) is forgotten.
   * @throws `ai_sdk.chat_not_saved`
   */
  save(messages: readonly Message[], options?: SaveOptions): Promise<void>;
  /**
   * The chat with the message of a request in it, ready for the model; what the request replaces is left out, and tools
   * that were stopped have failed.
   * @throws `argument.invalid` for a request to submit a message without one.
   */
  resume(request: ChatRequest<Message>): Promise<Message[]>;
  /** Options of `toUIMessageStream` (or of its response) that store the answer, also one that was stopped. */
  streamOptions(messages: Message[]): {
    originalMessages: Message[];
    generateMessageId: () => string;
    onEnd: UIMessageStreamOnEndCallback<Message>;
  };
  /** The user's chats, the newest first. Reads all that is stored about the user. */
  list(): Promise<ListedChat[]>;
  /** Names this chat, for `list`. */
  rename(title: string): Promise<void>;
  /** Forgets this chat, with the memories that came from it. */
  delete(): Promise<void>;
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
  const { scope, generateMessageId = generateId, logger = consoleLogger } = options;
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

  /** Of messages that a request submitted: the one that each follows. */
  const previousIds = new Map<string, string | null>();

  async function load(): Promise<Message[]> {
    const messages = currentMessages(await turns()) as Message[];
    // The last one may wait for a tool of the client's; before it, nothing does any more.
    return messages.map((message, at) => (at === messages.length - 1 ? message : withClosedTools(message)));
  }

  async function save(
    messages: readonly Message[],
    { interrupted = false, undo = false }: SaveOptions = {},
  ): Promise<void> {
    const { writes, after } = await savePlan(await turns(), messages, { previousIds });
    const last = messages.at(-1);
    const failed: string[] = [];
    for (const { messageId, turn, wasShortened } of writes) {
      if (wasShortened)
        logger.warn("a message was stored shortened: it is too long", { session: scope.session, messageId });
      const cutOff = interrupted && messageId === last?.id && turn.role === "assistant";
      const id = await memory.recordTurn({ ...scope, ...turn, ...(cutOff ? { interrupted } : {}) });
      if (id === null) failed.push(messageId);
    }
    if (undo) for (const turnId of after) await memory.forget({ session: scope.session, turnId });
    if (failed.length > 0) throw new ChatNotSavedError(scope.session, failed);
  }

  async function resume(request: ChatRequest<Message>): Promise<Message[]> {
    const { trigger, messageId } = request;
    const regenerates = trigger === "regenerate-message";
    const message = request.message ?? (regenerates ? undefined : request.messages?.at(-1));
    if (message === undefined && trigger === "submit-message") {
      throw new InvalidArgumentError(
        "message",
        "the request submits a message and has none. Hand the whole body of useChat to resume, or send only the newest message by prepareSendMessagesRequest",
      );
    }
    const stored = await load();
    const replaced = stored.findIndex(({ id }) => id === (messageId ?? message?.id));
    const kept = (replaced === -1 ? stored : stored.slice(0, replaced)).map(withClosedTools);
    if (message === undefined || regenerates) {
      if (replaced === -1 || stored[replaced]?.role === "assistant") return kept;
      return stored.slice(0, replaced + 1);
    }
    previousIds.set(message.id, kept.at(-1)?.id ?? null);
    return [...kept, message];
  }

  return {
    load,
    save,
    resume,
    list: () => listChats(memory, scope.user),
    rename: (title) => renameChat(memory, scope, title),
    async delete() {
      await memory.forget({ session: scope.session });
    },
    streamOptions: (messages) => ({
      originalMessages: messages,
      generateMessageId,
      async onEnd({ messages: all, isAborted, isCancelled, outcome }) {
        try {
          const interrupted = isAborted || isCancelled === true || outcome.status === "failed";
          await save(all, { interrupted });
        } catch (error) {
          // The answer was given; that it could not be kept must not break the stream.
          logger.warn("a chat could not be stored", { session: scope.session, error: codeOf(error) });
        }
      },
    }),
  };
}
