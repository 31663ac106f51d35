export type {
  ChunkPosition,
  Document,
  JsonValue,
  Metadata,
  MetadataScalar,
  MetadataValue,
  StoredDocument,
} from "./document.ts";
export { DocumentTable } from "./document-table.ts";
export { embeddedText } from "./embedded-text.ts";
export {
  describeValue,
  isFieldName,
  isMetadataScalar,
  isMetadataValue,
  isPlace,
  isPlainObject,
  isStringList,
  PLACE_RANGES,
} from "./metadata-value.ts";
