import type { RecallEntry, RecallSource } from "../recall-types.ts";
import { composeBlock, composeLane } from "./compose-lane.ts";
import { titleOf } from "./entry-label.ts";
import { FENCE_CHARS, fence } from "./fence.ts";

export const DEFAULT_CONTEXT_CHAR_CAP = 8_000;
export const DEFAULT_PER_LANE_CHAR_CAP = 2_400;

const ENTRY_LANES = ["working", "permanent", "org"] as const;

export interface ContextInput {
  /** What is shown of the profile, and its owner's id. */
  profile?: { userId: string; text: string } | undefined;
  /** Each best first, without duplicates. */
  working: readonly RecallEntry[];
  permanent: readonly RecallEntry[];
  org: readonly RecallEntry[];
}

export interface ContextBudget {
  /** Most characters of the whole text, fence included. Default 8,000. */
  contextCharCap?: number;
  /** Most characters of one lane, heading included. Default 2,400. */
  perLaneCharCap?: number;
  /** In which moments and days are shown. Default: the process's. */
  timeZone?: string | undefined;
}

/**
 * What a model is shown of a recall: `## profile`, `## working`, `## permanent`, `## org`, those that have something, in
 * a fence; "" when there is nothing or no room. `sources` and `shown` are the entries that are in it. Same input, same bytes.
 */
export function composeContext(
  input: ContextInput,
  budget: ContextBudget = {},
): { contextText: string; sources: RecallSource[]; shown: ReadonlySet<RecallEntry> } {
  const { contextCharCap = DEFAULT_CONTEXT_CHAR_CAP, perLaneCharCap = DEFAULT_PER_LANE_CHAR_CAP } = budget;
  const parts: string[] = [];
  const sources: RecallSource[] = [];
  const entries = new Set<RecallEntry>();
  let left = contextCharCap - FENCE_CHARS + 1;
  const room = () => Math.min(perLaneCharCap, left - 1);
  const add = (text: string) => {
    parts.push(text);
    left -= 1 + text.length;
  };

  if (input.profile !== undefined) {
    const text = composeBlock("profile", input.profile.text, room());
    if (text !== "") {
      add(text);
      sources.push({ id: input.profile.userId, lane: "profile", score: 1 });
    }
  }
  for (const lane of ENTRY_LANES) {
    const { text, shown } = composeLane(lane, input[lane], room(), budget.timeZone);
    if (text === "") continue;
    add(text);
    for (const entry of shown) {
      sources.push(sourceOf(entry));
      entries.add(entry);
    }
  }
  return { contextText: parts.length === 0 ? "" : fence(parts.join("\n")), sources, shown: entries };
}

function sourceOf(entry: RecallEntry): RecallSource {
  const source: RecallSource = { id: entry.id, lane: entry.lane, score: entry.score };
  if (entry.index !== undefined) source.index = entry.index;
  if (entry.sessionId !== undefined) source.sessionId = entry.sessionId;
  if (entry.parentId !== undefined) source.parentId = entry.parentId;
  const title = titleOf(entry);
  if (title !== undefined) source.title = title;
  return source;
}
