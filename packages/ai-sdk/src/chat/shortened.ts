import type { UIMessage } from "ai";
import { messageText } from "./message-text.ts";

/** Bytes of a message as JSON; core keeps 262,144 of a turn. */
const MESSAGE_BYTES = 200_000;
/** Characters that a text in a tool's output, a data part and so on is shortened to, until the message fits. */
const LENGTHS = [50_000, 20_000, 5_000, 1_000, 200];
/** Fields that are what the SDK reads, not what a tool answered. */
const KEPT = new Set(["id", "type", "role", "state", "toolCallId", "toolName", "mediaType", "filename", "sourceId"]);

/**
 * A message that fits into a turn. What does not is shortened with a mark, in this order: the bytes of files, long texts
 * in tools' outputs and other parts, then all of what only its text can stand for.
 */
export function shortened(message: UIMessage): { message: UIMessage; wasShortened: boolean } {
  const whole = JSON.parse(JSON.stringify(message)) as UIMessage;
  if (fits(whole)) return { message: whole, wasShortened: false };
  let short: UIMessage = { ...whole, parts: whole.parts.map(withoutBytes) };
  for (const length of LENGTHS) {
    if (fits(short)) break;
    short = { ...short, parts: short.parts.map((part) => cut(part, length)) as UIMessage["parts"] };
  }
  if (!fits(short)) short = { ...short, parts: short.parts.map(emptied) };
  if (!fits(short)) short = { id: whole.id, role: whole.role, parts: [{ type: "text", text: messageText(whole) }] };
  return { message: short, wasShortened: true };
}

function withoutBytes(part: UIMessage["parts"][number]): UIMessage["parts"][number] {
  if (part.type !== "file" || !part.url.startsWith("data:")) return part;
  return { type: "text", text: `(file: ${part.filename ?? part.mediaType})` };
}

function cut(value: unknown, length: number, key = ""): unknown {
  if (typeof value === "string") {
    if (value.length <= length || KEPT.has(key)) return value;
    return `${value.slice(0, length).replace(/\p{Surrogate}$/u, "")}… (shortened: ${value.length} characters)`;
  }
  if (Array.isArray(value)) return value.map((each) => cut(each, length));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cut(each, length, name)]));
}

/** The part, without what a tool answered or data holds: many short texts may be much, too. */
function emptied(part: UIMessage["parts"][number]): UIMessage["parts"][number] {
  const mark = "(shortened)";
  if ("output" in part) return { ...part, output: mark } as typeof part;
  return "data" in part ? { ...part, data: mark } : part;
}

function fits(message: UIMessage): boolean {
  return new TextEncoder().encode(JSON.stringify(message)).length <= MESSAGE_BYTES;
}
