import type { JsonValue, Turn } from "@sotto/core";
import type { UIMessage } from "ai";
import { textHash } from "../turn/text-hash.ts";

/** A message of a chat as a turn of its session holds it, with the message before it. */
export interface StoredMessage {
  message: UIMessage;
  previousId: string | null;
  /** Of the message as it was saved. */
  version: string | undefined;
}

/** The metadata of a turn that holds a message. */
export function messageMetadata({ message, previousId, version }: StoredMessage): { [key: string]: JsonValue } {
  return { uiMessage: message as unknown as JsonValue, previousId, ...(version === undefined ? {} : { version }) };
}

/** The message that a turn holds; undefined for a turn that was recorded by something else, such as a call. */
export function storedMessage({ metadata }: Turn): StoredMessage | undefined {
  const message = metadata?.uiMessage as unknown as Partial<UIMessage> | undefined;
  if (typeof message?.id !== "string" || !Array.isArray(message.parts)) return undefined;
  const { previousId, version } = metadata ?? {};
  return {
    message: message as UIMessage,
    previousId: typeof previousId === "string" ? previousId : null,
    version: typeof version === "string" ? version : undefined,
  };
}

/** Two messages are the same version when all of their parts and their metadata are. */
export function versionOf(message: UIMessage): Promise<string> {
  return textHash(JSON.stringify(message));
}

/** Id of the turn of a message; the same for all of its versions. */
export function messageTurnId({ id }: UIMessage): string {
  return `message/${id.slice(0, 480)}`;
}
