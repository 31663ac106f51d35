import { createSotto, type Embedder, memoryStorage } from "@sotto/core";
import { EMBEDDERS, type EmbedderName } from "../quality/embedders.ts";
import { type ProbeResult, runProbes } from "../quality/probes.ts";
import { generatedReplays, locomoReplays, longMemEvalReplays, type Replay } from "../quality/replays.ts";
import type { Progress } from "../report/progress.ts";

export interface EvidenceShown {
  set: string;
  kind: string;
  questions: number;
  /** Share of a question's evidence turns whose whole text stands in `contextText`, within the default budget. */
  shown: number;
  /** Share that is among the best 5 and 10 entries. */
  recallAt5: number;
  recallAt10: number;
}

export interface MemoryQualityResult {
  embedder: string;
  evidence: EvidenceShown[];
  probes: ProbeResult[];
}

export interface MemoryQualityOptions {
  seeds: readonly number[];
  /** Conversations of one seed. Default 10. */
  count?: number;
  locomo?: string;
  longMemEval?: string;
  embedder?: EmbedderName;
  progress: Progress;
}

/** Replays conversations through `recordTurn` and `endSession`, then asks their questions of `searchMemory`. */
export async function benchMemoryQuality(options: MemoryQualityOptions): Promise<MemoryQualityResult> {
  const embedder = EMBEDDERS[options.embedder ?? "static"]();
  const sets: [string, Replay[]][] = options.seeds.map((seed) => [
    `seed ${seed}`,
    generatedReplays(seed, options.count ?? 10),
  ]);
  if (options.locomo !== undefined) sets.push(["LoCoMo", locomoReplays(options.locomo)]);
  if (options.longMemEval !== undefined) sets.push(["LongMemEval", longMemEvalReplays(options.longMemEval)]);
  const evidence: EvidenceShown[] = [];
  for (const [set, replays] of sets) {
    options.progress(`${set}: replaying ${replays.length} conversations`);
    evidence.push(...(await scoreReplays(set, replays, embedder)));
  }
  options.progress("probes");
  const probes = await runProbes(embedder);
  await embedder.dispose?.();
  return { embedder: embedder.id, evidence, probes };
}

async function scoreReplays(set: string, replays: readonly Replay[], embedder: Embedder): Promise<EvidenceShown[]> {
  const kinds = new Map<string, EvidenceShown>();
  const add = (kind: string, found: Pick<EvidenceShown, "shown" | "recallAt5" | "recallAt10">): void => {
    const sum = kinds.get(kind) ?? { set, kind, questions: 0, shown: 0, recallAt5: 0, recallAt10: 0 };
    sum.questions++;
    sum.shown += found.shown;
    sum.recallAt5 += found.recallAt5;
    sum.recallAt10 += found.recallAt10;
    kinds.set(kind, sum);
  };
  for (const replay of replays)
    for (const { kind, ...found } of await askReplay(replay, embedder)) {
      add(kind, found);
      add("all", found);
    }
  return [...kinds.values()].map((sum) => ({
    ...sum,
    shown: sum.shown / sum.questions,
    recallAt5: sum.recallAt5 / sum.questions,
    recallAt10: sum.recallAt10 / sum.questions,
  }));
}

async function askReplay(
  { user, sessions, questions }: Replay,
  embedder: Embedder,
): Promise<{ kind: string; shown: number; recallAt5: number; recallAt10: number }[]> {
  let now = 0;
  const clock = {
    now: () => now,
    monotonic: () => performance.now(),
    after: (ms: number, run: () => void) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
  const sotto = createSotto({ storage: memoryStorage(), embedder, clock });
  const texts = new Map<string, string>();
  for (const { id: session, at, turns } of sessions) {
    now = at;
    for (const [n, { id, role, text }] of turns.entries()) {
      texts.set(id, text);
      await sotto.recordTurn({ user, session, role, text, itemId: id, at: at + n * 1_000, durability: "queued" });
    }
    await sotto.endSession({ user, session });
  }
  const dayAfter = now + 86_400_000;
  const answers = [];
  for (const { text, kind, evidence, at } of questions) {
    now = at ?? dayAfter;
    const recall = await sotto.searchMemory(text, { user, lanes: ["permanent"], timeoutMs: 5_000 });
    const context = letters(recall.contextText);
    const among = (most: number): number => {
      const named = new Set(
        recall.permanent.slice(0, most).flatMap(({ provenance = [] }) => provenance.flatMap(({ turnIds }) => turnIds)),
      );
      return share(evidence, (id) => named.has(id));
    };
    answers.push({
      kind,
      shown: share(evidence, (id) => context.includes(letters(texts.get(id) ?? ""))),
      recallAt5: among(5),
      recallAt10: among(10),
    });
  }
  await sotto.close();
  return answers;
}

function share(ids: readonly string[], holds: (id: string) => boolean): number {
  return ids.filter(holds).length / Math.max(1, ids.length);
}

function letters(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}
