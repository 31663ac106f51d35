import { FENCE_NAME } from "./fence.ts";

/** Characters that show nothing: controls, soft hyphens, zero-width spaces, bidirectional controls, tags, half surrogate pairs. Line ends and tabs are not among them. */
const INVISIBLE = /(?!\u200c|\u200d|[\t\n\v\f\r\u0085\u0600-\u0605\u06dd\u070f\u08e2])[\p{Cc}\p{Cf}\p{Cs}]/gu;
/** Joiners have a meaning in emoji and in some scripts, never beside ASCII. */
const JOINER_BESIDE_ASCII = /(?<=\p{ASCII})[\u200c\u200d]+|[\u200c\u200d]+(?=\p{ASCII})/gu;
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/u;
const HEADING = /^(?:[\s>]*(?:#{2,}|#(?=\s|(?:profile|working|permanent|org)\b)))+[\s#]*/iu;
const ROLE =
  /^([\s>*_"'`([{<|-]*(?:system|developer|assistant|user|human|ai|tool|function|model|instructions?)[>*_"'`)\]}|]*)\s*[:\uff1a\ufe30\ufe55][ \t]*/iu;
const ANY_FENCE = new RegExp(`[<\uff1c\u2039\u27e8\u3008\ufe64](?=[\\s/\uff0f\u2215\u2044\\\\]*${FENCE_NAME})`, "giu");
const TEMPLATE_OPEN = /<(?=\||<\s*SYS|\/?(?:s|bos|eos|start_of_turn|end_of_turn)>)/giu;
const TEMPLATE_CLOSE = /\|>/gu;
const INSTRUCTION_TAG = /\[(?=\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS)\])/giu;
/** A text without any of these needs no look at its parts. */
const SUSPECT = /[^\t -~\u00a0-\u00ac\u00ae-\u0600]|[<#[:|]/u;

/**
 * Recalled text as data: the same words, in lines that can neither end the fence around them nor pass for a heading of a
 * lane, an entry of their own, the beginning of another speaker's message or a chat template's token. Lines after the
 * first are indented by two spaces. Characters that show nothing are left out first, so that none can hide a marker.
 */
export function neutralize(text: string): string {
  const trimmed = text.trim();
  if (!SUSPECT.test(trimmed)) return trimmed;
  const visible = trimmed.replace(INVISIBLE, "").replace(JOINER_BESIDE_ASCII, "");
  const lines: string[] = [];
  for (const line of visible.split(LINE_END)) {
    const plain = plainLine(line);
    if (plain !== "") lines.push(plain);
  }
  return lines.join("\n  ").replace(ANY_FENCE, "(");
}

/** A name or title within an entry's label: one line, no brackets, at most `cap` characters. */
export function neutralizeLabel(label: string, cap = 60): string {
  const line = neutralize(label.replace(/[\s[\]]+/gu, " "));
  return line.length <= cap
    ? line
    : `${line
        .slice(0, cap - 1)
        .trimEnd()
        .replace(/\p{Surrogate}$/u, "")}…`;
}

function plainLine(line: string): string {
  return line
    .replace(HEADING, "")
    .replace(TEMPLATE_OPEN, "(")
    .replace(TEMPLATE_CLOSE, "|)")
    .replace(INSTRUCTION_TAG, "(")
    .replace(ROLE, "$1 — ")
    .trim();
}
