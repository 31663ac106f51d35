import type { ConsolidationInput, ConsolidationResult } from "../../consolidation/index.ts";
import { contentHash } from "../../user/index.ts";
import { knownMark } from "./fact-prompt.ts";
import type { Extraction } from "./fact-schema.ts";
import { type Line, oneLine } from "./transcript.ts";

const FACT_CHARS = 500;
const PROFILE_VALUE_CHARS = 200;
const PROFILE_KEY = /^\p{L}[\p{L}\p{N}_ -]{0,39}$/u;
const RESERVED = new Set(["__proto__", "constructor", "prototype"]);

export type Fact = ConsolidationResult["memories"][number] & { id: string };

/**
 * The facts of a model's answer that can be true: each with its words, made from lines that it was shown, one of them the
 * user's, superseding only what is known, and not known already. The rest is left out.
 *
 * A fact's id is a hash of the session, the turns that it was made from and its place among these: a run that is done
 * again writes the same memories, though the model may word them differently.
 */
export function checkedFacts(
  { facts }: Extraction,
  lines: readonly Line[],
  { known, sessionId }: Pick<ConsolidationInput, "known" | "sessionId">,
): Fact[] {
  const byNumber = new Map(lines.map(({ number, turn }) => [number, turn]));
  const byMark = new Map(known.map((memory, i) => [knownMark(i), memory]));
  const said = new Set(known.filter(({ kind }) => kind === "fact").map(({ text }) => plain(text)));
  const places = new Map<string, number>();
  return facts.flatMap((fact) => {
    const text = oneLine(fact.text);
    const turns = [...new Set(fact.turns)].flatMap((number) => byNumber.get(number) ?? []);
    if (text === "" || text.length > FACT_CHARS || !turns.some(({ role }) => role === "user")) return [];
    if (said.has(plain(text))) return [];
    said.add(plain(text));
    const turnIds = turns.map(({ id }) => id);
    const from = [...turnIds].sort().join("\n");
    const place = places.get(from) ?? 0;
    places.set(from, place + 1);
    const supersedes = [...new Set(fact.supersedes)].flatMap(
      (mark) => byMark.get(mark.replace(/[[\]\s]/gu, ""))?.id ?? [],
    );
    return [
      {
        id: `fact-${contentHash(`${sessionId}\n${from}\n${place}`)}`,
        kind: "fact" as const,
        text,
        turnIds,
        validFrom: Math.min(...turns.map(({ at }) => at)),
        ...(supersedes.length === 0 ? {} : { supersedes }),
      },
    ];
  });
}

/** The changes of the profile that change something; undefined for none. Later ones win. */
export function checkedProfile(
  extractions: readonly Extraction[],
  { profile }: Pick<ConsolidationInput, "profile">,
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

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
