export { inSpan } from "./spans.ts";
export type { SottoStats } from "./stats.ts";
