import type { StaticModel } from "./static-model.ts";
import { words } from "./words.ts";

/**
 * The sum of the rows of the known words of a text, each times its weight, scaled to length 1: `meta.dim` long.
 *
 * `null` for a text without a known word. Weights belong in [0, 1]; where they leave nothing (all are 0) the words
 * count alike, so that a text of known words always has a vector. Hot: about 8 microseconds for a short query.
 */
export function embedText(model: StaticModel, text: string, weightOf?: (word: string) => number): Float32Array | null {
  const { rowOf, vectors, scales } = model;
  const { dim } = model.meta;
  const sum = new Float32Array(dim);
  let known = false;
  for (const word of words(text)) {
    const row = rowOf.get(word);
    if (row === undefined) continue;
    known = true;
    const scale = scales[row] as number;
    const weight = weightOf === undefined ? scale : scale * weightOf(word);
    const offset = row * dim;
    for (let i = 0; i < dim; i++) (sum[i] as number) += weight * (vectors[offset + i] as number);
  }
  if (!known) return null;
  let square = 0;
  for (let i = 0; i < dim; i++) square += (sum[i] as number) ** 2;
  if (!(square > 0 && square < Number.POSITIVE_INFINITY)) return weightOf === undefined ? null : embedText(model, text);
  const scale = 1 / Math.sqrt(square);
  for (let i = 0; i < dim; i++) (sum[i] as number) *= scale;
  return sum;
}
