import type { OpenGroup } from "./open-groups.ts";

const MOST = 300;
const WARM = 20;

/** Milliseconds of a query of one's own set, its embedding included: the median and the 95th percentile. */
export async function timeQueries(groups: readonly OpenGroup[]): Promise<{ p50: number; p95: number }> {
  const asked = groups
    .flatMap(({ queries, search }) =>
      queries.map(
        ({ text }) =>
          () =>
            search(text, 10),
      ),
    )
    .slice(0, MOST);
  for (const ask of asked.slice(0, WARM)) await ask();
  const times: number[] = [];
  for (const ask of asked) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}
