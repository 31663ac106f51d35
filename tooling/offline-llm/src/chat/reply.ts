/** What the server answers to one chat request, before it is cut, streamed or counted. */
export interface Reply {
  content: string | null;
  toolCalls: readonly ReplyToolCall[];
}

export interface ReplyToolCall {
  name: string;
  arguments: unknown;
}

export function say(content: string): Reply {
  return { content, toolCalls: [] };
}

export const GREETING = "Hello! How can I help you?";
export const ACKNOWLEDGEMENT = "Thank you, I will remember that.";
export const NOTHING_FOUND = "I found nothing about that.";
