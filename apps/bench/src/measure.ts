export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
}

/** Nearest-rank percentiles of milliseconds. */
export function percentiles(samples: readonly number[]): Percentiles {
  const sorted = Float64Array.from(samples).sort();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] as number;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

export function median(values: readonly number[]): number {
  return percentiles(values).p50;
}

export interface Contender {
  name: string;
  /** One search; `i` numbers the query. */
  run(i: number): unknown | Promise<unknown>;
}

/**
 * Times contenders in turns (`runs` rounds, each round every contender over `queries` queries), so that a noisy machine
 * is noisy for all of them. Answers the median over the rounds of each percentile.
 */
export async function interleave(
  contenders: readonly Contender[],
  options: { runs: number; queries: number | ((contender: Contender) => number); onRound?: (round: number) => void },
): Promise<Map<string, Percentiles>> {
  const rounds = new Map<string, Percentiles[]>(contenders.map(({ name }) => [name, []]));
  const count = (contender: Contender) =>
    typeof options.queries === "number" ? options.queries : options.queries(contender);
  for (const contender of contenders) for (let i = 0; i < Math.min(50, count(contender)); i++) await contender.run(i);
  for (let round = 0; round < options.runs; round++) {
    for (const contender of contenders) {
      const samples: number[] = [];
      for (let i = 0; i < count(contender); i++) {
        const start = performance.now();
        await contender.run(i);
        samples.push(performance.now() - start);
      }
      rounds.get(contender.name)?.push(percentiles(samples));
    }
    options.onRound?.(round + 1);
  }
  return new Map(
    [...rounds].map(([name, all]) => [
      name,
      { p50: median(all.map((p) => p.p50)), p95: median(all.map((p) => p.p95)), p99: median(all.map((p) => p.p99)) },
    ]),
  );
}
