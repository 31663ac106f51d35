import { createSotto } from "@sotto/core";
import { staticEmbedder } from "@sotto/embed-static";
import { ask } from "./ask.ts";
import { askedInTheSecondCall, caller } from "./call.ts";
import { countingEmbedder } from "./counting-embedder.ts";
import { round } from "./percentiles.ts";
import { questions } from "./questions.ts";
import type { SecondCallReport } from "./report.ts";

/** The second process: opens the store that the first one left, and says what it finds as JSON on stdout. */
export async function secondCall(store: string): Promise<void> {
  const started = performance.now();
  const embedder = countingEmbedder(staticEmbedder());
  await using sotto = createSotto({ storage: store, embedder, recall: { orgIndexes: ["support"] } });

  const { profile, permanent } = await sotto.brief({ user: caller });
  const greeting = `Welcome back, ${String(profile?.data.name)}. ${String(profile?.data.openPoint)}`;

  const recalled = [];
  for (const { question, answer } of askedInTheSecondCall) {
    const recall = await sotto.searchMemory(question, { user: caller, lanes: ["permanent"] });
    const [best] = recall.permanent;
    recalled.push({
      question,
      answer,
      found: best?.text.includes(answer) ?? false,
      text: best?.text ?? "",
      tookMs: round(recall.trace.tookMs),
    });
  }

  const indexes = await sotto.listIndexes();
  const knowledge = await ask(sotto, ["support"], questions[0] as (typeof questions)[number]);
  const report: SecondCallReport = {
    processId: process.pid,
    greeting,
    greeted: profile?.data.name === caller.name && permanent.length > 0,
    memories: permanent.length,
    recalled,
    knowledge,
    chunks: Object.fromEntries(indexes.map(({ name, chunkCount }) => [name, chunkCount])),
    documentsEmbedded: embedder.counts.documents,
    queriesEmbedded: embedder.counts.queries,
    tookMs: round(performance.now() - started),
  };
  process.stdout.write(JSON.stringify(report));
}
