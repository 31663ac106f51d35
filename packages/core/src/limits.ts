/** Every limit has a name, a default and an error (`limit.exceeded`) that states both. */
export interface Limits {
  /** Characters of one document. */
  documentChars: number;
  /** Characters of one document id. */
  documentIdChars: number;
  /** Characters of one document's title. */
  titleChars: number;
  /** Metadata fields of one document. */
  metadataFields: number;
  /** Strings in one metadata list. */
  metadataListItems: number;
  /** Characters of one metadata string, also in a list. */
  metadataValueChars: number;
  /** Bytes of one payload as JSON. */
  payloadBytes: number;
  /** Documents in one call of addDocs or createIndex. */
  documentsPerCall: number;
  /** Characters of one query. */
  queryChars: number;
  /** Largest topK. */
  topK: number;
  /** Indexes searched by one query. */
  indexesPerQuery: number;
  /** Characters of a name or an id. */
  nameChars: number;
  /** Conditions in one filter, and how deeply they may nest. */
  filterConditions: number;
  filterDepth: number;
}

export const defaultLimits: Readonly<Limits> = Object.freeze({
  documentChars: 100_000,
  documentIdChars: 512,
  titleChars: 1_000,
  metadataFields: 64,
  metadataListItems: 1_000,
  metadataValueChars: 4_096,
  payloadBytes: 262_144,
  documentsPerCall: 1_000_000,
  queryChars: 10_000,
  topK: 1_000,
  indexesPerQuery: 64,
  nameChars: 256,
  filterConditions: 256,
  filterDepth: 16,
});
