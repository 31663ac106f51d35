import type { Lane, Recall, RecallSource } from "@sotto/core";
import type { Source } from "../provider-types.ts";

export interface CitationOptions {
  /** Lanes whose entries are cited. Default `["org", "permanent"]`. */
  lanes?: readonly Lane[];
  /** Puts the passage itself into `providerMetadata.sotto.text`. Default false. */
  includeText?: boolean;
}

/**
 * What stood before the model, as document sources: `providerMetadata.sotto` names lane, index, id, parentId, sessionId
 * and score.
 */
export function citationsOf(recall: Recall, options: CitationOptions = {}): Source[] {
  const { lanes = ["org", "permanent"], includeText = false } = options;
  return recall.sources
    .filter(({ lane }) => lanes.includes(lane))
    .map((source) => ({
      type: "source",
      sourceType: "document",
      id: ["sotto", source.lane, source.index, source.id].filter((part) => part !== undefined).join(":"),
      mediaType: "text/plain",
      title: source.title ?? source.parentId ?? source.id,
      providerMetadata: { sotto: detailsOf(source, includeText ? textOf(recall, source) : undefined) },
    }));
}

function detailsOf(source: RecallSource, text: string | undefined): Record<string, string | number> {
  const { lane, id, score, index, parentId, sessionId } = source;
  return Object.fromEntries(
    Object.entries({ lane, id, score, index, parentId, sessionId, text }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    ),
  );
}

function textOf(recall: Recall, { lane, id, index }: RecallSource): string | undefined {
  if (lane === "profile") return recall.profile?.summary;
  return recall[lane].find((entry) => entry.id === id && entry.index === index)?.text;
}
