import { printable } from "../terminal/printable.ts";
import type { Command } from "./command.ts";

/** Erases the user after a yes: profile, memories and conversations, this one and its input history with them. */
export const forgetCommand: Command = {
  name: "forget",
  description: "forgets everything about you, after a confirmation",
  async run({ conversation, input, screen }) {
    const question = `Forget everything about ${printable(conversation.user)}: profile, memories, all conversations? [y/N] `;
    if (!(await input.confirm(question))) {
      screen.line("Nothing was forgotten.");
      return;
    }
    const { sessions, turns, memories, profileVersions } = await conversation.forget();
    input.forgetHistory();
    screen.line(
      `Forgotten: ${count(sessions, "conversation")} with ${count(turns, "turn")}, ${count(memories, "memory", "memories")}, ${count(profileVersions, "version")} of the profile.`,
    );
  },
};

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
