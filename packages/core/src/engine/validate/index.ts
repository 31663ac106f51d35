export { type DocumentRules, validateDocuments } from "./validate-documents.ts";
export { validateEmbedding } from "./validate-embedding.ts";
export { validateMetadata } from "./validate-metadata.ts";
export { validateName } from "./validate-name.ts";
export { type QueryRules, validateQuery } from "./validate-query.ts";
