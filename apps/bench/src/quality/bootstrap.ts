const RESAMPLES = 1_000;

/** The mean of values and the interval that holds it in 95 of 100 resamples with replacement (Efron, 1979). */
export function meanWithInterval(values: readonly number[]): { mean: number; low: number; high: number } {
  const mean = meanOf(values);
  const means = Float64Array.from({ length: RESAMPLES }, (_, round) => resampledMean(values, round)).sort();
  return {
    mean,
    low: means[Math.floor(RESAMPLES * 0.025)] ?? mean,
    high: means[Math.ceil(RESAMPLES * 0.975) - 1] ?? mean,
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The same resample each time: `round` seeds it. */
function resampledMean(values: readonly number[], round: number): number {
  let state = (round + 1) * 2_654_435_761;
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    sum += values[Math.floor((state / 2 ** 32) * values.length)] as number;
  }
  return sum / Math.max(1, values.length);
}
