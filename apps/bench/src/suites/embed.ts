import { staticEmbedder } from "@sotto/embed-static";
import { shortQuestions } from "../data/synthetic-text.ts";
import { interleave, type Timing } from "../measure.ts";

export interface EmbedResult {
  model: string;
  /** A question of some ten words, embedded alone. */
  query: Timing;
}

/** Embedding one short question with the default embedder. */
export async function benchEmbed({ rounds, queries }: { rounds: number; queries: number }): Promise<EmbedResult> {
  const embedder = staticEmbedder();
  await embedder.prewarm();
  const questions = shortQuestions(queries);
  const timings = await interleave(
    [{ name: "embed", run: (i) => embedder.embedQuerySync?.(questions[i % queries] as string) }],
    { rounds, queries: Math.max(1_000, queries) },
  );
  return { model: embedder.id, query: timings.get("embed") as Timing };
}
