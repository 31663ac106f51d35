import type { Lane, Recall, RecallEntry } from "@sotto/core";
import { z } from "zod";

/** One thing that a search found. */
export type FoundEntry = {
  id: string;
  lane: Exclude<Lane, "profile">;
  text: string;
  /** In [0, 1]. */
  score: number;
  /** The index that a document is in. */
  index?: string | undefined;
  /** The document that a passage was cut from. */
  parentId?: string | undefined;
  title?: string | undefined;
  /** Who said it, and when, in milliseconds since the epoch. */
  speaker?: string | undefined;
  at?: number | undefined;
  sessionId?: string | undefined;
};

export type SearchOutput = {
  /** What the model is shown: fenced, bounded, "" when nothing was found. */
  contextText: string;
  entries: FoundEntry[];
  /** True when a part of memory did not answer in time. */
  degraded: boolean;
};

export const searchOutputSchema: z.ZodType<SearchOutput> = z.object({
  contextText: z.string(),
  entries: z.array(
    z.object({
      id: z.string(),
      lane: z.enum(["working", "permanent", "org"]),
      text: z.string(),
      score: z.number(),
      index: z.string().optional(),
      parentId: z.string().optional(),
      title: z.string().optional(),
      speaker: z.string().optional(),
      at: z.number().optional(),
      sessionId: z.string().optional(),
    }),
  ),
  degraded: z.boolean(),
});

export function toSearchOutput(recall: Recall): SearchOutput {
  const titles = new Map(recall.sources.map(({ lane, index, id, title }) => [`${lane} ${index} ${id}`, title]));
  return {
    contextText: recall.contextText,
    entries: [...recall.working, ...recall.permanent, ...recall.org].map((entry) => foundEntry(entry, titles)),
    degraded: recall.trace.degraded,
  };
}

/** What a model reads of a search; `withIds` names memories, so that it can forget one. */
export function searchModelOutput(output: SearchOutput, withIds: boolean): { type: "text"; value: string } {
  if (output.contextText === "") {
    return { type: "text", value: output.degraded ? "Memory did not answer in time." : "Nothing was found." };
  }
  const ids = withIds ? output.entries.filter(({ lane }) => lane === "permanent").map(idLine) : [];
  if (ids.length === 0) return { type: "text", value: output.contextText };
  return {
    type: "text",
    value: `${output.contextText}\n\nIds of these memories, each with its beginning:\n${ids.join("\n")}`,
  };
}

function idLine({ id, text }: FoundEntry): string {
  return `- ${id}: ${JSON.stringify(text.slice(0, 80))}`;
}

function foundEntry(entry: RecallEntry, titles: ReadonlyMap<string, string | undefined>): FoundEntry {
  const { id, lane, text, score, index, parentId, speaker, at, sessionId } = entry;
  const title = titles.get(`${lane} ${index} ${id}`);
  return {
    id,
    lane,
    text,
    score,
    ...(index === undefined ? {} : { index }),
    ...(parentId === undefined ? {} : { parentId }),
    ...(title === undefined ? {} : { title }),
    ...(speaker === undefined ? {} : { speaker }),
    ...(at === undefined ? {} : { at }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}
