/** Times of one thing, in milliseconds. */
export interface Timing {
  p50: number;
  /** Null with fewer than 20 samples in a round. */
  p95: number | null;
  /** Null with fewer than 100 samples in a round. */
  p99: number | null;
  samplesPerRound: number;
}

/** Nearest-rank percentiles. */
export function percentiles(samples: readonly number[]): Timing {
  const sorted = Float64Array.from(samples).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
  return {
    p50: at(0.5),
    p95: sorted.length < 20 ? null : at(0.95),
    p99: sorted.length < 100 ? null : at(0.99),
    samplesPerRound: sorted.length,
  };
}

export function median(values: readonly number[]): number {
  return percentiles(values).p50;
}

/** The median of each percentile over rounds. */
export function medianTiming(rounds: readonly Timing[]): Timing {
  const over = (part: "p95" | "p99") => {
    const values = rounds.map((round) => round[part]).filter((value) => value !== null);
    return values.length < rounds.length ? null : median(values);
  };
  return {
    p50: median(rounds.map(({ p50 }) => p50)),
    p95: over("p95"),
    p99: over("p99"),
    samplesPerRound: Math.min(...rounds.map(({ samplesPerRound }) => samplesPerRound)),
  };
}

export interface Contender {
  name: string;
  /** One search; `i` numbers the query. */
  run(i: number): unknown;
}

export interface InterleaveOptions {
  rounds: number;
  /** Most searches of one contender in one round. */
  queries: number;
  /** A contender stops a round after so long, however few its searches were (at least 3). Default 1,000. */
  budgetMs?: number;
  onRound?: (round: number) => void;
}

/**
 * Times contenders in turns (each round every contender), so that a noisy machine is noisy for all of them, and so that
 * nobody pays for the garbage of the one before (`settle`).
 */
export async function interleave(
  contenders: readonly Contender[],
  { rounds, queries, budgetMs = 1_000, onRound }: InterleaveOptions,
): Promise<Map<string, Timing>> {
  const timings = new Map<string, Timing[]>(contenders.map(({ name }) => [name, []]));
  for (const { run } of contenders) await turn(run, { queries: Math.min(queries, 200), budgetMs: budgetMs / 2 });
  for (let round = 1; round <= rounds; round++) {
    for (const { name, run } of contenders) {
      await settle(run, Math.min(SETTLE_MS, budgetMs));
      timings.get(name)?.push(percentiles(await turn(run, { queries, budgetMs })));
    }
    onRound?.(round);
  }
  return new Map([...timings].map(([name, all]) => [name, medianTiming(all)]));
}

const SETTLE_MS = 300;

/**
 * Collects the heap where Node lets us (`--expose-gc`) and then does the same as what is timed next, once or for so long:
 * V8's threads sweep what was collected meanwhile (a gigabyte of it where there are many contenders), and take turns on
 * the processor with ours.
 */
export async function settle(run: Contender["run"], budgetMs = SETTLE_MS): Promise<void> {
  globalThis.gc?.();
  await turn(run, { queries: Number.POSITIVE_INFINITY, budgetMs, least: 1 });
}

interface TurnOptions {
  queries: number;
  budgetMs: number;
  /** However long they take. Default 3. */
  least?: number;
}

async function turn(run: Contender["run"], { queries, budgetMs, least = 3 }: TurnOptions): Promise<number[]> {
  const samples: number[] = [];
  const end = performance.now() + budgetMs;
  for (let i = 0; i < queries; i++) {
    const start = performance.now();
    if (i >= least && start > end) break;
    const answer = run(i);
    if (answer instanceof Promise) await answer;
    samples.push(performance.now() - start);
  }
  return samples;
}
