export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** What a filter can compare with: text, a finite number, a boolean, or a place as `[latitude, longitude]` in degrees. */
export type MetadataScalar = string | number | boolean | readonly [latitude: number, longitude: number];

/** What a metadata field holds: one value, or a list of strings such as tags, which a filter matches by any of them. */
export type MetadataValue = MetadataScalar | readonly string[];
export type Metadata = { readonly [field: string]: MetadataValue };

/** A document as it is handed in. Limits: see `Limits`. */
export interface Document {
  /** Unique in its index. 1 to 512 characters. */
  id: string;
  text: string;
  /** What the text is about, such as a page's heading or a product's name: searched with more weight, in every chunk. 1 to 1,000 characters. */
  title?: string;
  /** Fields that filters can use; a field name is a letter of any script or `_`, then letters, digits, `_`, `.` or `-`. */
  metadata?: Metadata;
  /** The document's own vector; of the index's dimensions, any length but zero (it is scaled to 1). */
  embedding?: Float32Array | readonly number[];
  /** Anything as JSON; kept and given back, never searched. */
  payload?: JsonValue;
}

/** Where a chunk stands in the document that it was cut from. */
export interface ChunkPosition {
  parentId: string;
  /** 0-based number of the chunk in its parent. */
  position: number;
}

/** A document as an index holds it. */
export interface StoredDocument {
  id: string;
  text: string;
  title?: string;
  metadata?: Metadata;
  payload?: JsonValue;
  chunk?: ChunkPosition;
}
