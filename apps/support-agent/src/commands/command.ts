import type { Conversation } from "../agent/conversation.ts";
import type { LineInput } from "../terminal/line-input.ts";
import type { Screen } from "../terminal/screen.ts";

export interface CommandContext {
  conversation: Conversation;
  input: LineInput;
  screen: Screen;
}

/** What can be typed instead of a question, after a `/`. */
export interface Command {
  name: string;
  description: string;
  run(context: CommandContext): void | Promise<void>;
}
