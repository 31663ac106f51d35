export { compileFilter } from "./compile-filter.ts";
export { evaluateFilter } from "./evaluate-filter.ts";
export type { FieldFilter, Filter } from "./filter-types.ts";
export { MetadataColumns } from "./metadata-columns.ts";
export type { FilterPlan } from "./plan.ts";
