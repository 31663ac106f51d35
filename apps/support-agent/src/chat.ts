import type { Conversation } from "./agent/conversation.ts";
import { runCommand } from "./commands/commands.ts";
import { EXIT } from "./exit-code.ts";
import { AnswerPrinter } from "./terminal/answer-printer.ts";
import { errorText } from "./terminal/error-text.ts";
import type { LineInput } from "./terminal/line-input.ts";
import { printable } from "./terminal/printable.ts";
import type { Screen } from "./terminal/screen.ts";

export interface ChatParts {
  conversation: Conversation;
  input: LineInput;
  screen: Screen;
}

/** A conversation in the terminal until /quit, Ctrl-C at the prompt, or the end of input. Answers the exit code. */
export async function chat(parts: ChatParts): Promise<number> {
  const { conversation, input, screen } = parts;
  // While memory is opened or written: what was said is on disk, and is made memory of the next time.
  const leave = () => process.exit(EXIT.interrupted);
  input.onInterrupt = leave;
  await greet(parts);
  input.onInterrupt = undefined;
  const exitCode = await talk(parts);
  input.onInterrupt = leave;
  const kept = await conversation.end();
  screen.line(kept ? "Goodbye." : "Goodbye. What was said is saved, and will be made memory when you come back.");
  return exitCode;
}

async function greet({ conversation, screen }: ChatParts): Promise<void> {
  const { dim } = screen.colors;
  const { profile, permanent } = await conversation.start();
  const known = profile !== null || permanent.length > 0;
  const user = printable(conversation.user);
  screen.line(
    known ? `Welcome back, ${user}: I remember our earlier conversations.` : `Hello ${user}, how can I help?`,
  );
  screen.line(dim("/help lists the commands."));
}

async function talk(parts: ChatParts): Promise<number> {
  const { conversation, input, screen } = parts;
  const prompt = screen.colors.bold(`${printable(conversation.user)}> `);
  for (;;) {
    const given = await input.ask(prompt);
    if (given.type === "interrupt") return EXIT.interrupted;
    if (given.type === "end") return EXIT.ok;
    const line = given.text.trim();
    if (line === "") continue;
    if (!line.startsWith("/")) await answer(line, parts);
    else if ((await runCommand(line, parts)) === "ends") return EXIT.ok;
  }
}

/** A model that fails ends the answer, not the conversation. */
async function answer(question: string, { conversation, input, screen }: ChatParts): Promise<void> {
  const { dim, red } = screen.colors;
  const interrupt = new AbortController();
  input.onInterrupt = () => interrupt.abort();
  const printer = new AnswerPrinter({ answer: screen, tools: screen });
  try {
    const { interrupted, text } = await conversation.ask(question, {
      signal: interrupt.signal,
      onEvent: (event) => printer.print(event),
    });
    printer.end();
    if (interrupted) screen.line(dim("(interrupted)"));
    else if (text === "") screen.line(dim("(no answer)"));
  } catch (error) {
    printer.end();
    screen.line(red(`The answer failed: ${errorText(error)}`));
  } finally {
    input.onInterrupt = undefined;
  }
}
