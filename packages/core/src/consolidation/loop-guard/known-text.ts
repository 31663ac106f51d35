import { normalizedText, sentencesOf, stopWords } from "../../engine/index.ts";
import { FENCE_NAME, FENCE_NOTICE } from "../../recall/index.ts";

/** Words in a row that count as the same passage. */
const RUN_WORDS = 4;
/** Words that frame what is repeated ("you told me earlier that …"), besides the ones that mean nothing alone. */
const FRAME = new Set(
  `recall remember remembered mentioned said say saying told tell noted note notes record records memory memories know known
   according earlier previously before last time session conversation call context information currently still
   yes yeah yep sure okay ok right well great thanks course like please again s t re ve ll m d`.split(/\s+/u),
);
/** A speaker turns the other's `I` and `my` around when repeating them. */
const TURNED: ReadonlyMap<string, string> = new Map(
  [
    ["i", ["we", "you", "he", "she", "they"]],
    ["my", ["our", "your", "his", "her", "their"]],
    ["me", ["us", "him", "them"]],
    ["am", ["are", "is", "m", "re", "s"]],
    ["was", ["were"]],
    ["have", ["has", "ve"]],
  ].flatMap(([to, from]) => (from as string[]).map((word): [string, string] => [word, to as string])),
);
/** What is left of a text beside known sentences says nothing when it has fewer words than this ("As I recall:"). */
const LEAST_WORDS_LEFT = 4;
/** So many words before it, a word may be negated. */
const REACH_OF_NOT = 3;
const NEGATIONS = new Set(
  `not no never none nothing cannot without don doesn didn isn aren wasn weren won wouldn can't couldn shouldn hasn haven hadn
   nicht kein keine keinen keiner nie niemals ohne pas jamais sans rien nunca jamás ningún ninguna sin`.split(/\s+/u),
);
const MOST_SENTENCES = 8_192;
const MOST_RUNS = 65_536;

/** What frames recalled text, as it is shown and as it reads once it was recalled itself. */
const FRAMES = new RegExp(
  `${escaped(FENCE_NOTICE)}|[<(]/?${FENCE_NAME}-[0-9a-f]{16}>|\\[also said on [0-9, -]*(?: and \\d+ more)?\\]`,
  "gu",
);
const HEADING = /^\s*(?:## )?(?:profile|working|permanent|org)\s*$/u;
const ENTRY_HEAD = /^\s*(?:- (?:\[[^\]\n]*\] )?)+/u;

export interface Stripped {
  /** What is not known, sentence by sentence; "" when nothing of weight is left. */
  text: string;
  /** True when something was taken out. */
  stripped: boolean;
}

/**
 * Text that is known already, as hashes: whole sentences, and runs of four words. It tells parroted text from new text,
 * also with a few words around or between ("I remember that you live in Oslo"). Bounded; the oldest goes first.
 */
export class KnownText {
  #sentences = new Set<number>();
  #runs = new Set<number>();

  /** Hashes of whole sentences, to be stored; they hold no text. */
  get sentences(): Iterable<number> {
    return this.#sentences;
  }

  /** Answers the hashes of sentences that were new. */
  add(text: string): number[] {
    const added: number[] = [];
    const words: string[] = [];
    for (const sentence of sentencesOf(text)) {
      const own = wordsOf(sentence);
      const hash = hashOf(own.join(" "));
      if (!this.#sentences.has(hash)) added.push(hash);
      this.#sentences.add(hash);
      for (const word of own) words.push(word);
    }
    for (let at = 0; at + RUN_WORDS <= words.length; at++) {
      // What stands after a "not" says the opposite without it.
      if (words.slice(Math.max(0, at - REACH_OF_NOT), at).some((word) => NEGATIONS.has(word))) continue;
      this.#runs.add(hashOf(words.slice(at, at + RUN_WORDS).join(" ")));
    }
    bound(this.#sentences, MOST_SENTENCES);
    bound(this.#runs, MOST_RUNS);
    return added;
  }

  /** Hashes that `add` answered, perhaps in another process. */
  addSentences(hashes: Iterable<number>): void {
    for (const hash of hashes) this.#sentences.add(hash);
    bound(this.#sentences, MOST_SENTENCES);
  }

  /** True when nothing of weight in `text` is new. */
  has(text: string): boolean {
    const { text: left, stripped } = this.strip(text);
    return stripped && left === "";
  }

  /** Takes known sentences out of a text, and with them what frames them in a recalled context. */
  strip(text: string): Stripped {
    const left: string[] = [];
    let stripped = false;
    let wordsLeft = 0;
    const unframed = text.replace(FRAMES, "\n");
    if (unframed !== text) stripped = true;
    for (const line of unframed.split("\n")) {
      if (stripped && HEADING.test(line)) continue;
      for (const sentence of sentencesOf(line.replace(ENTRY_HEAD, ""))) {
        const words = wordsOf(sentence);
        if (this.#isKnown(words)) {
          stripped = true;
          continue;
        }
        left.push(sentence);
        wordsLeft += words.length;
      }
    }
    if (!stripped) return { text, stripped };
    return { text: wordsLeft < LEAST_WORDS_LEFT ? "" : left.join(" "), stripped };
  }

  #isKnown(words: readonly string[]): boolean {
    if (this.#sentences.has(hashOf(words.join(" ")))) return true;
    let knownTo = 0;
    for (let at = 0; at < words.length; at++) {
      if (at + RUN_WORDS <= words.length && this.#runs.has(hashOf(words.slice(at, at + RUN_WORDS).join(" "))))
        knownTo = at + RUN_WORDS;
      const word = words[at] as string;
      if (at >= knownTo && !stopWords.has(word) && !FRAME.has(word)) return false;
    }
    return knownTo > 0;
  }
}

function wordsOf(sentence: string): string[] {
  return normalizedText(sentence)
    .split(" ")
    .map((word) => TURNED.get(word) ?? word);
}

/** 32-bit FNV-1a over UTF-16 code units. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** Drops the oldest of a set above `most`. */
export function bound<Value>(set: Set<Value>, most: number): void {
  for (const oldest of set) {
    if (set.size <= most) return;
    set.delete(oldest);
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
}
