import { setTimeout as sleep } from "node:timers/promises";
import { createSotto, type Sotto, type TurnInput } from "@sotto/core";
import { shortQuestions } from "../data/synthetic-text.ts";
import { type LoopLateness, loopLateness, medianLateness } from "../loop-lateness.ts";
import { medianTiming, percentiles, type Timing } from "../measure.ts";
import type { Progress } from "../report/progress.ts";

/** Between two turns, where the event loop is watched; people leave more. */
const PAUSE_MS = 5;

export interface TurnsResult {
  turnsPerRound: number;
  /** Milliseconds of one `recordTurn`, each as soon as the one before is recorded. */
  commit: Timing;
  queued: Timing;
  /** The same with 5 ms between turns, when caches and clocks have gone cold. */
  paused: { commit: Timing; queued: Timing };
  /** While turns are recorded with 5 ms between them; `idle` is those pauses alone. */
  loopLateness: { idle: LoopLateness; commit: LoopLateness; queued: LoopLateness };
}

/** `recordTurn` on SQLite, on disk when it resolves (`commit`) or accepted (`queued`), and what the event loop feels of it. */
export async function benchTurns(options: {
  turns: number;
  rounds: number;
  directory: string;
  progress: Progress;
}): Promise<TurnsResult> {
  const { turns, rounds, directory, progress } = options;
  await using sotto = createSotto({ storage: directory });
  const texts = shortQuestions(turns);
  const kinds = ["idle", "commit", "queued"] as const;
  const results = () => ({ idle: [], commit: [], queued: [] });
  const timings: Record<Kind, Timing[]> = results();
  const paused: Record<Kind, Timing[]> = results();
  const lateness: Record<Kind, LoopLateness[]> = results();
  await speak(sotto, "warm-up", texts, "commit", 0);
  for (let round = 1; round <= rounds; round++)
    for (const kind of kinds) {
      progress(`recording turns: ${kind}, round ${round} of ${rounds}`);
      timings[kind].push(percentiles(await speak(sotto, `${kind}-${round}`, texts, kind, 0)));
      const watched = async () => {
        paused[kind].push(percentiles(await speak(sotto, `${kind}-paused-${round}`, texts, kind, PAUSE_MS)));
      };
      lateness[kind].push(await loopLateness(watched));
    }
  return {
    turnsPerRound: turns,
    commit: medianTiming(timings.commit),
    queued: medianTiming(timings.queued),
    paused: { commit: medianTiming(paused.commit), queued: medianTiming(paused.queued) },
    loopLateness: {
      idle: medianLateness(lateness.idle),
      commit: medianLateness(lateness.commit),
      queued: medianLateness(lateness.queued),
    },
  };
}

type Kind = "idle" | "commit" | "queued";

/** Milliseconds of each turn. */
async function speak(
  sotto: Sotto,
  session: string,
  texts: readonly string[],
  kind: Kind,
  pauseMs: number,
): Promise<number[]> {
  const samples: number[] = [];
  for (const [i, text] of texts.entries()) {
    const begin = performance.now();
    if (kind !== "idle") {
      const turn: TurnInput = {
        user: "maria",
        session,
        role: i % 2 === 0 ? "user" : "assistant",
        text,
        durability: kind,
      };
      if ((await sotto.recordTurn(turn)) === null) throw new Error("A turn was not recorded.");
    }
    samples.push(performance.now() - begin);
    if (pauseMs > 0) await sleep(pauseMs);
  }
  return samples;
}
