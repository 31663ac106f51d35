import { createHash } from "node:crypto";
import type { llm } from "@livekit/agents";
import {
  type ConsolidationInput,
  type ConsolidationResult,
  type Consolidator,
  type ProfileData,
  turnConsolidator,
} from "@sotto/core";
import { guardedLog } from "../telemetry/guarded-log.ts";
import { askModel } from "./ask-model.ts";
import { consolidationPrompt } from "./consolidation-prompt.ts";
import type { ConsolidationAnswer } from "./consolidation-schema.ts";
import { turnWindows } from "./turn-windows.ts";

export interface LlmConsolidatorOptions {
  /** Also keeps the exchanges themselves, as the default consolidator does. Default true. */
  episodes?: boolean;
  /** Most characters of transcript in one call of the model. Default 24,000. */
  charsPerCall?: number;
  /** Most calls of the model for one session; of a longer one, the end counts. Default 4. */
  maxCalls?: number;
  /** Most facts of one session. Default 40. */
  maxFacts?: number;
}

type Memories = ConsolidationResult["memories"][number];

/**
 * Turns a session into facts, supersessions and a profile patch with a language model, any that LiveKit can call. The
 * answer is checked; one that stays wrong makes the consolidation fail, and the session is taken up again later.
 *
 * A fact's id is a hash of the session, the turns that it was made from and its place among these: a run that is
 * repeated writes the same memories, though the model may word them differently.
 *
 * @example
 * ```ts
 * const sotto = createSotto({ consolidator: llmConsolidator(new openai.LLM({ model: "gpt-4.1-mini" })) });
 * ```
 */
export function llmConsolidator(model: llm.LLM, options: LlmConsolidatorOptions = {}): Consolidator {
  const { episodes = true, charsPerCall = 24_000, maxCalls = 4, maxFacts = 40 } = options;
  const verbatim = turnConsolidator();
  return {
    id: `livekit-llm-v1/${model.label()}`,
    async consolidate(input) {
      const kept = episodes ? (await verbatim.consolidate(input)).memories : [];
      const signal = input.signal ?? new AbortController().signal;
      const facts: Memories[] = [];
      const known = [...input.known];
      let data: ProfileData = {};
      let summary: string | undefined;
      for (const turns of turnWindows(input.turns, { chars: charsPerCall, most: maxCalls })) {
        const piece = {
          ...input,
          turns,
          profile: { ...input.profile, data: { ...input.profile.data, ...data } },
          known,
        };
        const prompt = consolidationPrompt(piece);
        const answer = await askModel(model, prompt, signal);
        const made = factsOf(answer, prompt, input);
        facts.push(...made);
        known.push(...made.map(asKnown));
        data = { ...data, ...answer.profile };
        summary = answer.summary ?? summary;
      }
      if (facts.length > maxFacts)
        guardedLog("warn", "a session has more facts than are kept", { facts: facts.length, maxFacts });
      const profilePatch = patchOf(data, summary);
      return {
        memories: [...kept, ...facts.slice(0, maxFacts)],
        ...(profilePatch === undefined ? {} : { profilePatch }),
      };
    },
  };
}

/** Facts that name no turn of the input are left out: nothing shows that they were said. */
function factsOf(
  answer: ConsolidationAnswer,
  { turnIds, memoryIds }: ReturnType<typeof consolidationPrompt>,
  { sessionId, known }: ConsolidationInput,
): Memories[] {
  const counts = new Map<string, number>();
  const mayReplace = new Set(known.map(({ id }) => id));
  return answer.facts.flatMap(({ text, turns, supersedes = [] }) => {
    const ids = [...new Set(turns.flatMap((label) => turnIds.get(label) ?? []))];
    if (ids.length === 0 || text.trim() === "") return [];
    const key = [...ids].sort().join("\n");
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    const replaced = supersedes.flatMap((label) => memoryIds.get(label) ?? []).filter((id) => mayReplace.has(id));
    const id = `fact-${createHash("sha256").update(`${sessionId}\n${key}\n${nth}`).digest("hex").slice(0, 24)}`;
    return [
      {
        id,
        kind: "fact" as const,
        text: text.trim(),
        turnIds: ids,
        ...(replaced.length === 0 ? {} : { supersedes: replaced }),
      },
    ];
  });
}

/** What the last piece found out is known to the next one. */
function asKnown({ id = "", text, validFrom = 0 }: Memories): ConsolidationInput["known"][number] {
  return { id, kind: "fact", text, provenance: [], validFrom };
}

function patchOf(data: ProfileData, summary: string | undefined): ConsolidationResult["profilePatch"] {
  const hasData = Object.keys(data).length > 0;
  if (!hasData && summary === undefined) return undefined;
  return { ...(hasData ? { data } : {}), ...(summary === undefined ? {} : { summary }) };
}
