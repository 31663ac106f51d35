import type { Metadata } from "../document.ts";
import type { ChunkingOptions } from "../index-types.ts";

/** What an index is; written once when it is made, and again when it is replaced. */
export interface IndexSettings {
  embedderId: string;
  dimensions: number;
  metadata: Metadata;
  chunking?: ChunkingOptions;
  /** Milliseconds since the epoch. */
  createdAt: number;
}
