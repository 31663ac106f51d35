import type { UIMessage } from "ai";
import type { PassageRef } from "../../shared/api.ts";

export interface Source extends PassageRef {
  title: string;
  /** In [0, 1]. */
  score: number;
}

/** What stood before the model when it answered, best first. */
export function sourcesOf({ parts }: UIMessage): Source[] {
  const sources = parts.flatMap((part): Source[] => {
    if (part.type !== "source-document") return [];
    const { lane, id, score } = part.providerMetadata?.sotto ?? {};
    if ((lane !== "org" && lane !== "permanent") || typeof id !== "string") return [];
    const title = lane === "permanent" ? "Memory" : part.title;
    return [{ lane, id, title, score: typeof score === "number" ? score : 0 }];
  });
  return sources.sort((a, b) => b.score - a.score);
}
