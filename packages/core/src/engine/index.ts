export {
  analyze,
  analyzeQuery,
  clearAnalysisCache,
  type LanguageWords,
  normalizedText,
  type QueryTerm,
  type Question,
  type QuestionPart,
  spokenLanguages,
  stopWords,
  understand,
} from "./analysis/index.ts";
export type { Indexes } from "./catalog/index.ts";
export {
  type AddDocsOptions,
  type AddDocsResult,
  ArenaPool,
  addToStored,
  type CreateIndexOptions,
  type CreateIndexResult,
  type DeleteDocsResult,
  deleteFromStored,
  type GetDocsOptions,
  getFromStored,
  IndexCatalog,
  type IndexInfo,
  indexMethods,
  type LoadedIndexInfo,
  type LoadIndexOptions,
  type NamedIndex,
  type Progress,
  queryIndexes,
} from "./catalog/index.ts";
export type { ChunkingOptions } from "./chunking/index.ts";
export type { MetadataScalar } from "./documents/index.ts";
export {
  type ChunkPosition,
  type Document,
  describeValue,
  embeddedText,
  isPlainObject,
  type JsonValue,
  type Metadata,
  type MetadataValue,
  type StoredDocument,
} from "./documents/index.ts";
export {
  alphaFor,
  type Calibration,
  checkVectors,
  type Embedder,
  type EmbedKind,
  type EmbedOptions,
  embedOrNone,
  embedTexts,
  type MaxSim,
  maxSim,
  QueryEmbedding,
  type QuestionVectors,
  type TokenDocument,
  type TokenDocumentOptions,
  type TokenQuery,
  type TokenQueryOptions,
  type TokenStates,
} from "./embedding/index.ts";
export { compileFilter, type FieldFilter, type Filter, type FilterPlan } from "./filter/index.ts";
export {
  appendRecords,
  conversationSettings,
  type EventFold,
  type IndexChange,
  type IndexEvent,
  type IndexSettings,
  newId,
  RecordLog,
  StoredIndex,
} from "./log/index.ts";
export {
  type Hit,
  type HitExplanation,
  type QueryOptions,
  type QueryResult,
  type Reranker,
  type Scored,
  SearchIndex,
  type SearchTarget,
  type Shortlist,
  search,
  shortlistLarge,
  unpackSections,
} from "./search/index.ts";
export { validateDocuments, validateName } from "./validate/index.ts";
export { quantizeVector } from "./vectors/index.ts";
