import { isObject } from "../http/json.ts";
import type { Passage } from "../text/best-passage.ts";
import { sentencesOf } from "../text/sentences.ts";
import type { ChatRequest, Message } from "./chat-request.ts";

const INSTRUCTS =
  /^(you|your task|answer|use|always|never|do not|don't|keep|be|say|call|if|when|speak|reply|respond|treat|greet)\b/i;

/**
 * What an answer may quote: tool results, system and developer messages (memory blocks) less their instructions, and
 * what the user said before. The newest user message itself is the question, not a source.
 */
export function passagesOf({ messages }: Pick<ChatRequest, "messages">): Passage[] {
  const newest = messages.findLastIndex((message) => message.role === "user");
  return messages.flatMap((message, i) => (i === newest ? [] : ofMessage(message)));
}

function ofMessage({ role, text }: Message): Passage[] {
  if (role === "assistant" || text === "") return [];
  if (role === "tool") return textsOf(text).map((found) => ({ text: found, weight: 1 }));
  const blocks = text.split(/\n\s*\n/);
  if (role === "user") return blocks.map((block) => ({ text: block, weight: 0.85 }));
  return blocks.map((block) => ({
    text: sentencesOf(block)
      .filter((line) => !INSTRUCTS.test(line))
      .join("\n"),
    weight: 0.9,
  }));
}

/** The texts inside a tool result: plain text as it is, JSON (also JSON within a JSON string) by its strings. */
function textsOf(result: string): string[] {
  const value = parseJson(result);
  if (value === undefined || typeof value === "number") return result.split(/\n\s*\n/);
  return stringsOf(value);
}

function stringsOf(value: unknown): string[] {
  if (typeof value === "string") return parseJson(value) === undefined ? value.split(/\n\s*\n/) : textsOf(value);
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  if (!isObject(value)) return [];
  const texts = Object.values(value)
    .flatMap(stringsOf)
    .filter((text) => /\S\s+\S/.test(text));
  // An object of short values, { status: "shipped", carrier: "DHL" }, is one statement.
  const scalars = Object.entries(value).filter(([, field]) => typeof field === "string" || typeof field === "number");
  return texts.length > 0
    ? texts
    : scalars.length > 0
      ? [scalars.map(([key, field]) => `${key}: ${field}`).join(", ")]
      : [];
}

function parseJson(text: string): unknown {
  if (!/^\s*["[{\d]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
