export type { LateQuery } from "./late-interaction.ts";
export { leastScore } from "./least-score.ts";
export type { Hit, HitExplanation, QueryOptions, QueryResult } from "./query-types.ts";
export type { Reranker } from "./reranker.ts";
export { type Scored, type SearchRequest, search } from "./search.ts";
export { SearchIndex } from "./search-index.ts";
export { effectiveAlpha, MINIMUM_CANDIDATES, type SearchTarget, type Shortlist } from "./search-target.ts";
export { shortlistLarge } from "./shortlist-large.ts";
export { packSections, unpackSections } from "./snapshot-format.ts";
