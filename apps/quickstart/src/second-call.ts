/** The second call, in a process of its own: opens the store that the first one left, and prints what it finds as JSON. */
import { createSotto, staticEmbedder } from "@sotto/core";
import { askedInTheSecondCall, caller } from "./script.ts";

/** What the second process prints. */
export interface SecondCall {
  processId: number;
  greeting: string;
  /** `found`: what is recalled holds the answer. */
  recalled: { question: string; found: boolean; contextText: string; tookMs: number }[];
  /** Chunks of each index. */
  chunks: Record<string, number>;
  documentsEmbedded: number;
}

/** The default embedder, counting documents: nothing may be embedded anew. */
let documentsEmbedded = 0;
const model = staticEmbedder();
const embedder = {
  ...model,
  embed(texts: readonly string[], options: Parameters<typeof model.embed>[1]) {
    if (options.kind === "document") documentsEmbedded += texts.length;
    return model.embed(texts, options);
  },
};

await using sotto = createSotto({ storage: process.argv[2] as string, embedder, recall: { orgIndexes: ["support"] } });
const { data } = await sotto.profile(caller);
const recalled: SecondCall["recalled"] = [];
for (const { question, answer } of askedInTheSecondCall) {
  const { contextText, trace } = await sotto.searchMemory(question, { user: caller, lanes: ["permanent"] });
  recalled.push({ question, found: contextText.includes(answer), contextText, tookMs: trace.tookMs });
}
const indexes = await sotto.listIndexes();
const report: SecondCall = {
  processId: process.pid,
  greeting: `Welcome back, ${String(data.name)}. ${String(data.openPoint)}`,
  recalled,
  chunks: Object.fromEntries(indexes.map(({ name, chunkCount }) => [name, chunkCount])),
  documentsEmbedded,
};
process.stdout.write(JSON.stringify(report));
