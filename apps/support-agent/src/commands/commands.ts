import { nearName } from "../near-name.ts";
import { printable } from "../terminal/printable.ts";
import type { Command, CommandContext } from "./command.ts";
import { forgetCommand } from "./forget.ts";
import { profileCommand } from "./profile.ts";
import { whyCommand } from "./why.ts";

const helpCommand: Command = {
  name: "help",
  description: "what can be typed",
  run({ screen }) {
    for (const { name, description } of [...commands, quit]) screen.line(`  ${`/${name}`.padEnd(9)} ${description}`);
    screen.line("  Ctrl-C    during an answer ends the answer; at the prompt, as Ctrl-D does, the conversation");
  },
};

const quit = { name: "quit", description: "ends the conversation and keeps what was said" };

export const commands: readonly Command[] = [whyCommand, profileCommand, forgetCommand, helpCommand];

/** Runs a line that begins with `/`. Answers whether the conversation is to end. */
export async function runCommand(line: string, context: CommandContext): Promise<"goes on" | "ends"> {
  const name = line.slice(1).trim().toLowerCase();
  if (name === quit.name || name === "exit") return "ends";
  const command = commands.find((each) => each.name === name);
  if (command !== undefined) {
    await command.run(context);
    return "goes on";
  }
  const names = [...commands.map((each) => each.name), quit.name];
  const near = nearName(name, names);
  const hint = near === undefined ? "/help lists what there is." : `Did you mean /${near}?`;
  context.screen.line(`There is no /${printable(name)}. ${hint}`);
  return "goes on";
}
