export { validateDocuments } from "./validate-documents.ts";
export { validateMetadata } from "./validate-metadata.ts";
export { validateName } from "./validate-name.ts";
export { validateQuery } from "./validate-query.ts";
