import type { ConsolidationResult, JsonValue, MemoryRecord, Profile } from "@sotto/core";
import type { NumberedTurn } from "./conversation-parts.ts";

export interface ExtractionLimits {
  maxFacts: number;
  maxFactChars: number;
}

export interface Extraction {
  memories: ConsolidationResult["memories"][number][];
  data: Record<string, JsonValue>;
}

const PROFILE_KEY = /^[\p{L}\p{N}_][\p{L}\p{N}_ -]{0,63}$/u;
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

/**
 * What can be used of a model's answer; the rest is left out, whatever shape it has. A fact needs a text of at most
 * `maxFactChars` characters and a line of the conversation that the user said, and is not known word for word. Only
 * memories that the model was shown can be superseded.
 */
export function validateExtraction(
  answer: unknown,
  part: readonly NumberedTurn[],
  known: ReadonlyMap<string, MemoryRecord>,
  profile: Profile,
  { maxFacts, maxFactChars }: ExtractionLimits,
): Extraction {
  const { facts, profile: patch } = asObject(answer);
  const said = new Map(part.map(({ number, turn }) => [number, turn]));
  const seen = new Set(Array.from(known.values(), ({ text }) => normalized(text)));
  const memories: Extraction["memories"] = [];
  for (const fact of asList(facts)) {
    if (memories.length === maxFacts) break;
    const { text, turns, supersedes } = asObject(fact);
    if (typeof text !== "string" || text.trim() === "" || text.length > maxFactChars) continue;
    const from = [...new Set(asList(turns))].flatMap((number) => said.get(number as number) ?? []);
    if (!from.some(({ role }) => role === "user") || seen.has(normalized(text))) continue;
    seen.add(normalized(text));
    const replaced = [...new Set(asList(supersedes))].flatMap((label) => known.get(label as string)?.id ?? []);
    memories.push({
      kind: "fact",
      text: text.trim(),
      turnIds: from.map(({ id }) => id),
      ...(replaced.length === 0 ? {} : { supersedes: replaced }),
    });
  }
  return { memories, data: profileData(patch, profile, maxFactChars) };
}

function profileData(patch: unknown, profile: Profile, maxChars: number): Record<string, JsonValue> {
  const data: Record<string, JsonValue> = {};
  for (const entry of asList(patch)) {
    const { key, value } = asObject(entry);
    if (typeof key !== "string" || !PROFILE_KEY.test(key) || FORBIDDEN_KEYS.has(key)) continue;
    if (typeof value !== "string" || value.length > maxChars) continue;
    if (value.trim() !== "") {
      if (profile.data[key] !== value.trim()) data[key] = value.trim();
    } else if (Object.hasOwn(profile.data, key)) data[key] = null;
  }
  return data;
}

function normalized(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
