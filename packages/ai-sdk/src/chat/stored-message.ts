import type { JsonValue, Turn } from "@sotto/core";
import type { UIMessage } from "ai";
import { textHash } from "../turn/text-hash.ts";
import { messageText } from "./message-text.ts";

/** Bytes of a message as JSON; core keeps 262,144 of a turn. */
const MESSAGE_BYTES = 200_000;

/** A message of a chat as a turn of its session holds it, with the message before it. */
export interface StoredMessage {
  message: UIMessage;
  previousId: string | null;
}

/** The metadata of a turn that holds a message. */
export function messageMetadata({ message, previousId }: StoredMessage): { [key: string]: JsonValue } {
  return { uiMessage: withinBytes(message) as unknown as JsonValue, previousId };
}

/** The message that a turn holds; undefined for a turn that was recorded by something else, such as a call. */
export function storedMessage({ metadata }: Turn): StoredMessage | undefined {
  const message = metadata?.uiMessage as unknown as Partial<UIMessage> | undefined;
  if (typeof message?.id !== "string" || !Array.isArray(message.parts)) return undefined;
  const previousId = metadata?.previousId;
  return { message: message as UIMessage, previousId: typeof previousId === "string" ? previousId : null };
}

/** Id of the turn of a message: another version of it is another turn. */
export async function messageTurnId(message: UIMessage): Promise<string> {
  return `${message.id.slice(0, 400)}/${await textHash(JSON.stringify(message))}`;
}

/** What does not fit goes in this order: the bytes of files, then all but the text. */
function withinBytes(message: UIMessage): UIMessage {
  const whole = JSON.parse(JSON.stringify(message)) as UIMessage;
  if (fits(whole)) return whole;
  const withoutFiles: UIMessage = {
    ...whole,
    parts: whole.parts.map((part) =>
      part.type === "file" && part.url.startsWith("data:")
        ? { type: "text", text: `(file: ${part.filename ?? part.mediaType})` }
        : part,
    ),
  };
  if (fits(withoutFiles)) return withoutFiles;
  return { id: whole.id, role: whole.role, parts: [{ type: "text", text: messageText(whole) }] };
}

function fits(message: UIMessage): boolean {
  return new TextEncoder().encode(JSON.stringify(message)).length <= MESSAGE_BYTES;
}
