export { ArenaPool } from "./arena-pool.ts";
export { createEngine, type Engine, type EngineParts, engineParts } from "./create-engine.ts";
export { deleteFromStored } from "./delete-documents.ts";
export { type EngineOptions, engineShape } from "./engine-options.ts";
export { IndexCatalog } from "./index-catalog.ts";
export { getFromStored, indexMethods } from "./index-methods.ts";
export type {
  AddDocsOptions,
  AddDocsResult,
  CreateIndexOptions,
  CreateIndexResult,
  DeleteDocsOptions,
  DeleteDocsResult,
  GetDocsOptions,
  IndexInfo,
  LoadedIndexInfo,
  LoadIndexOptions,
  Progress,
} from "./index-types.ts";
export type { Indexes } from "./indexes.ts";
export { type NamedIndex, queryIndexes } from "./query-indexes.ts";
export { searchElsewhere } from "./search-elsewhere.ts";
export { type SearchableIndex, searchableOf } from "./searchable-collection.ts";
export { addToStored } from "./write-documents.ts";
