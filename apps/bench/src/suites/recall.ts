import { setImmediate as nextTurn } from "node:timers/promises";
import { createSotto, type Sotto } from "@sotto/core";
import { staticEmbedder } from "@sotto/embed-static";
import { passages, questionsAbout } from "../data/support-text.ts";
import { type LoopLateness, loopLateness } from "../loop-lateness.ts";
import { median, medianTiming, percentiles, settle, type Timing } from "../measure.ts";
import type { Progress } from "../report/progress.ts";

const INDEX = "org";
const INGEST_STEP = 10_000;
/** Each session asks so often, evenly spread: a busy conversation. */
const RECALLS_PER_SECOND = 5;

export interface RecallResult {
  orgDocuments: number;
  memories: number;
  turns: number;
  /** While the last step of documents (10,000 unless there are fewer) is embedded and added on disk. */
  ingested: number;
  ingestLateness: LoopLateness;
  /** Four lanes, the query's embedding included, one after the other. */
  alone: Timing;
  sessions: number;
  recallsPerSecond: number;
  /** The same with many sessions at once, from the moment when each recall was due. */
  together: Timing;
  /** Share of a core that this process got meanwhile; it wants all of one, so that less means a busy machine. */
  coreShare: number;
  /** Lanes that were late or failed; figures with any are no good. */
  degraded: number;
}

/** `searchMemory` over a knowledge base, a user's permanent memory and a long session. */
export async function benchRecall(options: {
  orgDocuments: number;
  memories: number;
  turns: number;
  sessions: number;
  rounds: number;
  recalls: number;
  directory: string;
  progress: Progress;
}): Promise<RecallResult> {
  const { orgDocuments, memories, turns, sessions, rounds, recalls, directory, progress } = options;
  const embedder = staticEmbedder();
  await embedder.prewarm();
  await using sotto = createSotto({ storage: directory, embedder, pool: { maxConcurrentUsers: 64 } });
  progress("recall: knowledge base");
  let ingestLateness: LoopLateness = { p50: 0, p99: 0, max: 0 };
  let ingested = 0;
  for (let start = 0; start < orgDocuments; start += INGEST_STEP) {
    ingested = Math.min(INGEST_STEP, orgDocuments - start);
    const documents = passages(ingested, start).map((text, i) => ({ id: `passage-${start + i}`, text }));
    ingestLateness = await loopLateness(async () => {
      await sotto.createIndex(INDEX, documents);
    });
  }
  const user = { id: "maria", name: "Maria" };
  await fillMemory(sotto, user, memories, progress);
  for (let i = 0; i < sessions; i++) {
    progress(`recall: session ${i + 1} of ${sessions}`);
    await fillSession(sotto, user, sessionName(i), turns);
  }
  const questions = questionsAbout(1_000);
  const result = { degraded: 0 };
  const ask = async (session: number, i: number) => {
    const query = questions[i % questions.length] as string;
    const { trace } = await sotto.searchMemory(query, { user, session: sessionName(session) });
    if (trace.degraded) result.degraded++;
  };
  for (let i = 0; i < 200; i++) await ask(0, i);

  const alone: Timing[] = [];
  const together: Timing[] = [];
  const coreShares: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    progress(`recall: round ${round} of ${rounds}`);
    await settle((i) => ask(0, i));
    const samples: number[] = [];
    for (let i = 0; i < recalls; i++) {
      const begin = performance.now();
      await ask(0, i * 7 + round);
      samples.push(performance.now() - begin);
    }
    alone.push(percentiles(samples));
    await settle((i) => ask(0, i));
    const { samples: late, coreShare } = await askTogether(sessions, recalls, ask);
    together.push(percentiles(late));
    coreShares.push(coreShare);
  }
  return {
    orgDocuments,
    memories,
    turns,
    ingested,
    ingestLateness,
    alone: medianTiming(alone),
    sessions,
    recallsPerSecond: sessions * RECALLS_PER_SECOND,
    together: medianTiming(together),
    coreShare: median(coreShares),
    ...result,
  };
}

function sessionName(i: number): string {
  return `call-${i}`;
}

async function fillMemory(
  sotto: Sotto,
  user: { id: string; name: string },
  memories: number,
  progress: Progress,
): Promise<void> {
  for (const [i, text] of passages(memories, 5_000_000).entries()) {
    if (i % 100 === 0) progress(`recall: ${i} permanent memories`);
    await sotto.remember(user, `${text} (${i})`);
  }
  await sotto.updateProfile(user, { data: { name: user.name, plan: "fibre 500", language: "en" } });
}

async function fillSession(sotto: Sotto, user: { id: string }, session: string, turns: number): Promise<void> {
  const texts = passages(turns, 9_000_000);
  for (const [i, text] of texts.entries())
    await sotto.recordTurn({
      user,
      session,
      role: i % 2 === 0 ? "user" : "assistant",
      text,
      durability: i === turns - 1 ? "commit" : "queued",
    });
}

/**
 * Every session asks at its own moments, whether or not the others are answered (open loop). The clock is watched from
 * one turn of the event loop to the next: timers are exact to a millisecond only.
 */
async function askTogether(
  sessions: number,
  recalls: number,
  ask: (session: number, i: number) => Promise<void>,
): Promise<{ samples: number[]; coreShare: number }> {
  const everyMs = 1_000 / (RECALLS_PER_SECOND * sessions);
  const samples: number[] = [];
  const running: Promise<void>[] = [];
  const before = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < recalls; i++) {
    const due = start + i * everyMs;
    while (performance.now() < due) await nextTurn();
    running.push(ask(i % sessions, i * 31).then(() => void samples.push(performance.now() - due)));
  }
  await Promise.all(running);
  const { user, system } = process.cpuUsage(before);
  return { samples, coreShare: (user + system) / 1_000 / (performance.now() - start) };
}
