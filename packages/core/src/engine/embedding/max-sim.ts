/** Scores documents' token codes against the tokens of one query. */
export interface MaxSim {
  /**
   * Mean over the query's tokens of the best token of the document, in [-1, 1]; -1 where either has none. `from` and `to`
   * are bytes of `codes`, whole tokens: the tokens of many documents may lie in one array.
   */
  score(codes: Uint8Array, from?: number, to?: number): number;
}

/**
 * Late interaction (ColBERT's MaxSim) of a query's tokens in full precision with documents' tokens at one bit a dimension.
 * `tokens` and `codes` are laid out as `TokenQuery` and `TokenDocument` say.
 *
 * Preparing costs 256 sums for each 8 dimensions of a token; then a pair of tokens costs one look-up for each 8 dimensions.
 */
export function maxSim(tokens: Float32Array, dimensions: number): MaxSim {
  const bytes = dimensions >> 3;
  const count = tokens.length / dimensions;
  const tables = lookupTables(tokens);
  return {
    score(codes, from = 0, to = codes.length) {
      if (count === 0 || to - from < bytes) return -1;
      let sum = 0;
      for (let token = 0; token < count; token++) sum += best(tables, token * bytes * 256, bytes, codes, from, to);
      return sum / count;
    },
  };
}

/** The largest product of one query token, whose tables start at `tables[first]`, with a token of the codes. */
function best(tables: Float32Array, first: number, bytes: number, codes: Uint8Array, from: number, to: number): number {
  let largest = -1;
  for (let at = from; at < to; at += bytes) {
    let product = 0;
    for (let byte = 0, table = first; byte < bytes; byte++, table += 256)
      product += tables[table + (codes[at + byte] as number)] as number;
    if (product > largest) largest = product;
  }
  return largest;
}

/** For each 8 dimensions of each token 256 entries: the token's product with each pattern of 8 signs. */
function lookupTables(tokens: Float32Array): Float32Array {
  const tables = new Float32Array(tokens.length * 32);
  for (let at = 0; at < tokens.length; at += 8) {
    const table = at * 32;
    let none = 0;
    for (let bit = 0; bit < 8; bit++) none -= tokens[at + bit] as number;
    tables[table] = none;
    // Each pattern from the one without its highest bit.
    for (let bit = 0; bit < 8; bit++) {
      const step = 2 * (tokens[at + bit] as number);
      for (let i = 0; i < 1 << bit; i++) tables[table + (1 << bit) + i] = (tables[table + i] as number) + step;
    }
  }
  return tables;
}
