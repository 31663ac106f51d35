import { printable } from "../terminal/printable.ts";
import { snippet } from "../terminal/screen.ts";
import type { Command } from "./command.ts";

const MOST_MEMORIES = 10;

/** What is kept of the user beyond this conversation. */
export const profileCommand: Command = {
  name: "profile",
  description: "what is kept about you",
  async run({ conversation: { sotto, user }, screen }) {
    const { bold, cyan, dim } = screen.colors;
    const profile = await sotto.profile(user);
    const memories = await sotto.memories(user, { limit: MOST_MEMORIES });
    screen.line(`${bold("Profile")} ${dim(`of ${printable(user)}, version ${profile.version}`)}`);
    const summary = printable(profile.summary).trim();
    for (const line of summary === "" ? ["empty"] : summary.split("\n")) screen.line(`  ${line}`);
    screen.line(`${bold("Memories")} ${dim(`newest ${MOST_MEMORIES} at most`)}`);
    if (memories.length === 0) screen.line("  none yet: a conversation becomes memory when it ends");
    for (const { kind, text, validFrom } of memories) {
      const day = new Date(validFrom).toISOString().slice(0, 10);
      screen.line(`  ${dim(day)} ${cyan(kind.padEnd(7))} ${snippet(printable(text), 90)}`);
    }
  },
};
