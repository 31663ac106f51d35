import type { ConsolidationInput, ConsolidationResult } from "@sotto/core";
import type { Extraction } from "./extraction.ts";
import { knownMark } from "./extraction-prompt.ts";
import type { Line } from "./transcript.ts";
import { oneLine } from "./transcript.ts";

const FACT_CHARS = 500;
const PROFILE_VALUE_CHARS = 200;
const PROFILE_KEY = /^\p{L}[\p{L}\p{N}_ -]{0,39}$/u;
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

type Fact = ConsolidationResult["memories"][number];

/**
 * The facts of a model's answer that can be true: each with its words, made from lines that it was shown, one of them the
 * user's, and superseding only what is known. The rest is left out.
 */
export function checkedFacts({ facts }: Extraction, lines: readonly Line[], input: ConsolidationInput): Fact[] {
  const byNumber = new Map(lines.map(({ number, turn }) => [number, turn]));
  const byMark = new Map(input.known.map((memory, i) => [knownMark(i), memory]));
  return facts.flatMap((fact) => {
    const text = oneLine(fact.text);
    const turns = [...new Set(fact.turns)].flatMap((number) => byNumber.get(number) ?? []);
    if (text === "" || text.length > FACT_CHARS || !turns.some(({ role }) => role === "user")) return [];
    const supersedes = [...new Set(fact.supersedes)]
      .flatMap((mark) => byMark.get(mark.replace(/[[\]\s]/gu, "")) ?? [])
      .filter((memory) => !sameText(memory.text, text))
      .map(({ id }) => id);
    return [
      {
        kind: "fact",
        text,
        turnIds: turns.map(({ id }) => id),
        validFrom: Math.min(...turns.map(({ at }) => at)),
        ...(supersedes.length === 0 ? {} : { supersedes }),
      },
    ];
  });
}

/** The changes of the profile that change something; undefined for none. Later ones win. */
export function checkedProfile(
  extractions: readonly Extraction[],
  { profile }: ConsolidationInput,
): { data: Record<string, string | null> } | undefined {
  const changes = new Map<string, string | null>();
  for (const { key, value } of extractions.flatMap((extraction) => extraction.profile)) {
    const name = oneLine(key);
    const text = value === null ? null : oneLine(value);
    if (!PROFILE_KEY.test(name) || RESERVED.has(name) || (text !== null && text.length > PROFILE_VALUE_CHARS)) continue;
    changes.set(name, text === "" ? null : text);
  }
  const known = new Map(Object.entries(profile.data));
  const data = [...changes].filter(([key, value]) => (value === null ? known.has(key) : known.get(key) !== value));
  return data.length === 0 ? undefined : { data: Object.fromEntries(data) };
}

/** Each fact once, the first of several that say the same. */
export function withoutRepeats(facts: readonly Fact[]): Fact[] {
  const seen = new Set<string>();
  return facts.filter(({ text }) => {
    const key = plain(text);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function sameText(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
