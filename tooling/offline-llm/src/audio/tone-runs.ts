const WINDOW_SECONDS = 0.008;
const HOP_SECONDS = 0.002;
/** What sounds shorter is the change from one tone to the next. */
const MIN_TONE_SECONDS = 0.006;
/** A shorter silence is a hole in a tone or between two. */
const MIN_SILENCE_SECONDS = 0.05;
/** Mean power below which nothing sounds. */
const SILENCE = 1e-7;

/**
 * The tones of `frequencies` (in Hz) that sound one after the other, by their places, each once however long it lasts;
 * undefined for a silence.
 */
export function toneRuns(
  samples: Float32Array,
  sampleRate: number,
  frequencies: readonly number[],
): (number | undefined)[] {
  const window = Math.round(sampleRate * WINDOW_SECONDS);
  const coefficients = frequencies.map((hz) => 2 * Math.cos((2 * Math.PI * hz) / sampleRate));
  const runs: { tone: number | undefined; seconds: number }[] = [];
  const append = (tone: number | undefined, seconds: number) => {
    const last = runs.at(-1);
    if (last?.tone === tone && last !== undefined) last.seconds += seconds;
    else runs.push({ tone, seconds });
  };
  const hops = Math.floor((samples.length / sampleRate - WINDOW_SECONDS) / HOP_SECONDS);
  for (let hop = 0; hop <= hops; hop++) {
    append(loudestTone(samples, Math.round(hop * HOP_SECONDS * sampleRate), window, coefficients), HOP_SECONDS);
  }
  const heard = runs.splice(0).filter(({ tone, seconds }) => {
    return seconds >= (tone === undefined ? MIN_SILENCE_SECONDS : MIN_TONE_SECONDS) - HOP_SECONDS / 2;
  });
  for (const { tone, seconds } of heard) append(tone, seconds);
  return runs.map(({ tone }) => tone);
}

/** By Goertzel's algorithm. */
function loudestTone(
  samples: Float32Array,
  start: number,
  length: number,
  coefficients: readonly number[],
): number | undefined {
  let [loudest, most] = [-1, SILENCE * length ** 2];
  coefficients.forEach((coefficient, tone) => {
    let [previous, beforeThat] = [0, 0];
    for (let n = start; n < start + length; n++) {
      const current = (samples[n] ?? 0) + coefficient * previous - beforeThat;
      beforeThat = previous;
      previous = current;
    }
    const power = previous ** 2 + beforeThat ** 2 - coefficient * previous * beforeThat;
    if (power > most) [loudest, most] = [tone, power];
  });
  return loudest < 0 ? undefined : loudest;
}
