import type { RecallEntry } from "../recall-types.ts";
import { keepStatement, statementOf } from "./statement.ts";

/** Most words of a statement in which two values of one thing may differ. */
const MOST_DIFFERING = 2;

/**
 * Entries that say the same as one: the newest wording, at the place of the best, with the days of the others. The same
 * is the same words in the same order, but for articles, auxiliaries and the like.
 */
export function groupSame(entries: readonly RecallEntry[]): RecallEntry[] {
  const groups = new Map<string, RecallEntry[]>();
  for (const entry of entries) {
    const key = gistOf(entry);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].map((group) => {
    if (group.length === 1) return group[0] as RecallEntry;
    const best = group[0] as RecallEntry;
    const newest = group.reduce((a, b) => ((b.at ?? 0) > (a.at ?? 0) ? b : a));
    const moments = group.flatMap(({ at, alsoAt = [] }) => [...(at === undefined ? [] : [at]), ...alsoAt]);
    const alsoAt = [...new Set(moments)].filter((at) => at !== newest.at).sort((a, b) => b - a);
    const provenance = group.flatMap((entry) => entry.provenance ?? []);
    const one = { ...newest, score: best.score, alsoAt, ...(provenance.length === 0 ? {} : { provenance }) };
    return keepStatement(one, statementOf(newest));
  });
}

/**
 * Puts values of one thing that were given in the same words ("My address is …") in the order of time, newest first, at
 * the places that they have; and marks what is older than another value on its subject.
 */
export function orderValues(entries: readonly RecallEntry[]): RecallEntry[] {
  const templates = entries.map((entry) => templateOf(entry));
  const ordered = [...entries];
  const placed = new Set<number>();
  for (let i = 0; i < entries.length; i++) {
    if (placed.has(i)) continue;
    const places = [i];
    for (let j = i + 1; j < entries.length; j++)
      if (!placed.has(j) && isOtherValue(templates[i] as Template, templates[j] as Template)) places.push(j);
    if (places.length === 1) continue;
    const byTime = places.map((place) => entries[place] as RecallEntry).sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
    const scores = places.map((place) => (entries[place] as RecallEntry).score);
    for (const [n, place] of places.entries()) {
      placed.add(place);
      const entry = { ...(byTime[n] as RecallEntry), score: scores[n] as number };
      const newest = byTime[0] as RecallEntry;
      if (n > 0 && (entry.at ?? 0) < (newest.at ?? 0)) entry.laterAt = newest.at as number;
      ordered[place] = keepStatement(entry, statementOf(byTime[n] as RecallEntry));
    }
  }
  return ordered;
}

interface Template {
  who: string;
  terms: readonly string[];
}

function templateOf(entry: RecallEntry): Template {
  return { who: entry.role === "assistant" ? "" : `user ${entry.speaker}`, terms: statementOf(entry).terms };
}

/** The same words but for one run of at most two at the same place, and more words alike than not. */
function isOtherValue(a: Template, b: Template): boolean {
  if (a.who !== b.who || a.who === "" || Math.abs(a.terms.length - b.terms.length) > 1) return false;
  let start = 0;
  const shorter = Math.min(a.terms.length, b.terms.length);
  while (start < shorter && a.terms[start] === b.terms[start]) start++;
  let end = 0;
  while (end < shorter - start && a.terms.at(-1 - end) === b.terms.at(-1 - end)) end++;
  const differing = Math.max(a.terms.length, b.terms.length) - start - end;
  return differing > 0 && differing <= MOST_DIFFERING && start + end >= 2 && start + end > differing;
}

function gistOf(entry: RecallEntry): string {
  const who = entry.role === "assistant" ? "assistant" : "user";
  return `${who}\n${statementOf(entry).gist}\n${entry.answers?.text ?? ""}`;
}
