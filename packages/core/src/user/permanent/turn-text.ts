import type { MemoryTurn } from "../memory-types.ts";

/** Whatever ends a line, in any script. */
const LINE_ENDS = /\s*(?:\r\n|[\n\r\v\f\u0085\u2028\u2029])[\s\u0085]*/gu;

/**
 * What somebody said as one line, its lines parted by ` / ` as verse is quoted: nothing in it can stand at the beginning
 * of a line, where another speaker's name would.
 */
export function oneLine(text: string): string {
  return text.trim().replace(LINE_ENDS, " / ");
}

/** A turn as a memory's text: `Ann: No, never.`, after a line with the question that it answers: `Assistant: Do you smoke?`. */
export function turnText({ answers, ...said }: MemoryTurn): string {
  return answers === undefined ? line(said) : `${line(answers)}\n${line(said)}`;
}

/** The same without those who said it. */
export function unlabelledText({ answers, text }: MemoryTurn): string {
  return answers === undefined ? text : `${answers.text}\n${text}`;
}

/** Who said it, as shown: `Assistant`, a name, `User` for a user without one. */
export function turnLabel({ role, speakerName }: Pick<MemoryTurn, "role" | "speakerName">): string {
  return role === "assistant" ? "Assistant" : oneLine(speakerName ?? "User");
}

function line(said: Omit<MemoryTurn, "answers">): string {
  return `${turnLabel(said)}: ${oneLine(said.text)}`;
}
