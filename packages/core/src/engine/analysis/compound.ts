const separators = /[^\p{L}\p{N}\p{M}]+/u;
const allSeparators = /[^\p{L}\p{N}\p{M}]+/gu;
const separatorsOfDigits = /(?<=\p{N})[^\p{L}\p{N}\p{M}]+(?=\p{N})/gu;
/** These separate the parts of an address or path, each of which may be a compound itself. */
const segmentSeparators = /[/\\@:?=&#~%]+/;
const joinedNumbers = /(?<!\p{N})\p{N}+(?:[^\p{L}\p{N}\p{M}]\p{N}+)+/gu;
const lettersOrDigits = /\p{N}+|[^\p{N}]+/gu;
const camelHump = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll}{2})/u;

/** More runs of letters and digits than this in one word is a hash or a key, whose runs mean nothing. */
const MOST_RUNS = 3;
const LONGEST_WHOLE = 256;

/**
 * The words by which a compound can be found, the whole first: `SKU-4471-B` gives `SKU4471B`, `SKU`, `4471`, `B`;
 * `createIndex` gives itself, `create`, `Index`; `v2.3.1` gives itself, `v2`, `v`, `2`, `3`, `1`, `2.3.1`. The whole is
 * written without separators, so that `e-mail` and `email`, `SKU 4471-B` and `sku4471b` meet; between digits each
 * separator is a point (`2026-11-21` is `2026.11.21`).
 */
export function splitCompound(compound: string): string[] {
  const words: string[] = [];
  const segments = compound.split(segmentSeparators).filter((segment) => segment !== "");
  if (compound.length <= LONGEST_WHOLE) words.push(join(compound));
  for (const segment of segments) {
    if (segments.length > 1) words.push(join(segment));
    for (const piece of segment.split(separators)) words.push(piece, ...splitPiece(piece));
    for (const numbers of segment.match(joinedNumbers) ?? []) words.push(join(numbers));
  }
  return words;
}

function join(compound: string): string {
  return compound.replace(separatorsOfDigits, "\0").replace(allSeparators, (found) => (found === "\0" ? "." : ""));
}

/** `createIndex2` as `create`, `Index`, `2`. */
function splitPiece(piece: string): string[] {
  const runs = piece.match(lettersOrDigits) ?? [];
  if (runs.length > MOST_RUNS) return [];
  return runs.flatMap((run) => run.split(camelHump));
}
