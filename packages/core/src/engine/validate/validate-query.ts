import { LimitExceededError, QueryInvalidError } from "../../errors/index.ts";
import type { Limits } from "../../limits.ts";
import { checkOptions, elsewhere, type OptionShape, signal } from "../../options.ts";
import { describeValue } from "../documents/index.ts";
import type { QueryOptions } from "../search/index.ts";
import { validateEmbedding } from "./validate-embedding.ts";

export interface QueryRules {
  limits: Pick<Limits, "queryChars" | "topK">;
  /** Length that the query's embedding must have; any when it is undefined. */
  dimensions?: number | undefined;
}

/** The rest is checked below, as `query.invalid`. */
const queryShape: OptionShape<QueryOptions> = {
  topK: elsewhere,
  alpha: elsewhere,
  filter: elsewhere,
  minScore: elsewhere,
  embedding: elsewhere,
  explain: elsewhere,
  groupBy: elsewhere,
  rerank: elsewhere,
  signal,
};

const FLAGS = ["explain", "rerank"] as const;
const SHARES = ["alpha", "minScore"] as const;

/**
 * Checks a query and its options, but for the filter (`compileFilter`). Throws `query.invalid`, `embedding.invalid` or
 * `limit.exceeded`. A blank text is allowed with an embedding only.
 */
export function validateQuery(text: unknown, options: unknown, { limits, dimensions }: QueryRules): void {
  if (typeof text !== "string")
    throw new QueryInvalidError(`the text must be a string, not ${describeValue(text)}`, "text");
  if (text.length > limits.queryChars) {
    throw new LimitExceededError("queryChars", limits.queryChars, text.length, "Characters of the query");
  }
  if (typeof options !== "object" || options === null) {
    throw new QueryInvalidError(`the options must be an object, not ${describeValue(options)}`, "options");
  }
  checkOptions("query", options as QueryOptions, queryShape);
  const { topK, embedding, groupBy, ...rest } = options as { [option in keyof QueryOptions]?: unknown };
  if (text.trim() === "" && embedding === undefined) throw new QueryInvalidError("the text is empty", "text");
  if (embedding !== undefined) validateEmbedding(embedding, dimensions);
  if (topK !== undefined) validateTopK(topK, limits.topK);
  for (const share of SHARES) {
    const value = rest[share];
    if (value !== undefined && !(typeof value === "number" && value >= 0 && value <= 1)) {
      throw new QueryInvalidError(`${share} is ${describeValue(value)}; it must be a number in [0, 1]`, share);
    }
  }
  for (const flag of FLAGS) {
    const value = rest[flag];
    if (value !== undefined && typeof value !== "boolean") {
      throw new QueryInvalidError(`${flag} is ${describeValue(value)}; it must be true or false`, flag);
    }
  }
  if (groupBy !== undefined && groupBy !== "parent") {
    throw new QueryInvalidError(`groupBy is ${describeValue(groupBy)}; it can only be "parent"`, "groupBy");
  }
}

function validateTopK(topK: unknown, maximum: number): void {
  if (typeof topK !== "number" || !Number.isInteger(topK) || topK < 1) {
    throw new QueryInvalidError(
      `topK is ${describeValue(topK)}; it must be a whole number from 1 to ${maximum}`,
      "topK",
    );
  }
  if (topK > maximum) throw new LimitExceededError("topK", maximum, topK, "Hits wanted by the query");
}
