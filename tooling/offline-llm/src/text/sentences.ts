import { SPEAKER } from "./transcript.ts";

/** The sentences of a text, verbatim but for list marks. A heading or a tag on a line of its own is none. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\r?\n+/)
    .map((line) => line.trim())
    .filter(
      (line) =>
        line !== "" && !/^#{1,6}\s/.test(line) && !/^<\/?[\w:-]+[^>]*>$/.test(line) && !/^[`~=_*-]{3,}/.test(line),
    )
    .map((line) => line.replace(/^([-*•]|\d+[.)])\s+/, ""))
    .flatMap((line) => line.split(/(?<=[.!?…]["”')\]]?)\s+(?=[\p{Lu}\p{N}"“'([])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}

const ASKS = /^(what|when|where|who|whom|whose|which|why|how|do|does|did|can|could|is|are|will|would|tell me)\b/i;

/** True for a question, also one without its mark, as speech recognition writes it. */
export function isQuestion(sentence: string): boolean {
  return /\?["”')\]]*$/.test(sentence) || ASKS.test(sentence.replace(SPEAKER, ""));
}
