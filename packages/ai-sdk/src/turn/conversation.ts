import { textHash } from "./text-hash.ts";

/** What a prompt of a provider and the messages of a call have in common. */
export interface ConversationMessage {
  role: string;
  content: string | readonly { readonly type: string }[];
  providerOptions?: { readonly [provider: string]: { readonly [key: string]: unknown } | undefined } | undefined;
}

/** The turn that a prompt asks for. */
export interface Conversation {
  /** A hash of all messages up to the question: the same for every step and retry of one turn. */
  turnId: string;
  /** Where the question stands among the messages. */
  questionAt: number;
  /** Text of the question; "" when it has none. */
  userText: string;
  /** Turns before it that the model sees: the user's messages, and the answers (of any number of steps) that have a text. */
  turnsBefore: number;
  /** The exchange before it, where the application keeps the conversation: what was asked, and answered. */
  before: { asked: string; answered: string } | undefined;
  /** Steps of this turn that were made already. */
  steps: number;
}

export interface ConversationReading {
  /** Whether a message of the role `user` is the user speaking. Default: unless `providerOptions.sotto.isUserMessage` is false. */
  isUserMessage?: ((message: ConversationMessage) => boolean) | undefined;
  /** Whether the turn of this id waits for its tools: what is added to its messages then is not the user speaking. */
  isWaiting?: (turnId: string) => boolean;
}

/** Undefined for a prompt without a message of the user. */
export async function conversationOf(
  messages: readonly ConversationMessage[],
  { isUserMessage, isWaiting = () => false }: ConversationReading = {},
): Promise<Conversation | undefined> {
  const speaks = (message: ConversationMessage) => message.role === "user" && (isUserMessage ?? byMark)(message);
  const last = messages.findLastIndex(speaks);
  if (last === -1) return undefined;
  for (const at of questionsBefore(messages, last, speaks)) {
    const turnId = await turnIdOf(messages, at);
    if (isWaiting(turnId)) return reading(messages, at, turnId, speaks);
  }
  return reading(messages, last, await turnIdOf(messages, last), speaks);
}

/** The text parts of a message, joined by line breaks. */
export function textOf(content: ConversationMessage["content"]): string {
  if (typeof content === "string") return content.trim();
  return content
    .flatMap((part) => ("text" in part && part.type === "text" && typeof part.text === "string" ? part.text : []))
    .join("\n")
    .trim();
}

function byMark({ providerOptions }: ConversationMessage): boolean {
  return providerOptions?.sotto?.isUserMessage !== false;
}

/** Earlier messages of the user's whose turn may still run: after them tools ran, and no answer was given. */
function questionsBefore(
  messages: readonly ConversationMessage[],
  last: number,
  speaks: (message: ConversationMessage) => boolean,
): number[] {
  const found: number[] = [];
  let toolsRan = false;
  for (let at = last - 1; at >= 0; at--) {
    const message = messages[at];
    if (message === undefined) break;
    if (message.role === "tool") toolsRan = true;
    if (message.role === "assistant" && !callsTool(message)) break;
    if (toolsRan && speaks(message)) found.push(at);
  }
  return found;
}

function callsTool({ content }: ConversationMessage): boolean {
  return typeof content !== "string" && content.some(({ type }) => type === "tool-call");
}

function reading(
  messages: readonly ConversationMessage[],
  at: number,
  turnId: string,
  speaks: (message: ConversationMessage) => boolean,
): Conversation {
  const before = messages.slice(0, at);
  return {
    turnId,
    questionAt: at,
    userText: textOf(messages[at]?.content ?? ""),
    turnsBefore: turnsIn(before),
    before: exchangeBefore(before, speaks),
    steps: messages.slice(at + 1).filter(({ role }) => role === "assistant").length,
  };
}

async function turnIdOf(messages: readonly ConversationMessage[], at: number): Promise<string> {
  const spoken = messages.slice(0, at + 1).filter(({ role }) => role !== "system");
  return textHash(JSON.stringify(spoken.map(({ role, content }) => [role, fingerprint(content)])));
}

function exchangeBefore(
  messages: readonly ConversationMessage[],
  speaks: (message: ConversationMessage) => boolean,
): Conversation["before"] {
  const at = messages.findLastIndex(speaks);
  const answers = messages.slice(at + 1).filter(({ role }) => role === "assistant");
  const answered = answers.flatMap(({ content }) => textOf(content) || []).join("\n");
  return at === -1 || answered === "" ? undefined : { asked: textOf(messages[at]?.content ?? ""), answered };
}

function turnsIn(messages: readonly ConversationMessage[]): number {
  let turns = 0;
  let answered = true;
  for (const { role, content } of messages) {
    if (role === "user") {
      turns++;
      answered = false;
    } else if (role === "assistant" && !answered && textOf(content) !== "") {
      turns++;
      answered = true;
    }
  }
  return turns;
}

/** Files count by name and type: their bytes may be large, and be given as a link, then as data. */
function fingerprint(content: ConversationMessage["content"]): unknown {
  if (typeof content === "string") return [content];
  return content.map((part) => {
    const { type, text, filename, mediaType, toolCallId } = part as Record<string, unknown>;
    return type === "text" ? text : [type, text, filename, mediaType, toolCallId];
  });
}
