import type { Clock } from "../../clock.ts";
import type { ChunkingOptions } from "../chunking/index.ts";
import type { Metadata } from "../documents/index.ts";
import type { Embedder } from "../embedding/index.ts";

/** What an index is; written once when it is made, and again when it is replaced. */
export interface IndexSettings {
  embedderId: string;
  dimensions: number;
  /**
   * `knowledge`: made by `createIndex`, for everybody of the project. `own`: what somebody's conversation brought about, and
   * nobody searches who does not name it. Absent in what earlier versions made.
   */
  kind?: "knowledge" | "own";
  metadata: Metadata;
  chunking?: ChunkingOptions;
  /** The index was made for this very embedder: no other takes over. */
  embedderNamed?: boolean;
  /** Another embedder has taken over, and not all documents have its vectors yet: until then they are found by their words. */
  reembedding?: boolean;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** The store holds the documents and searches them; the log has the settings alone. */
  searchable?: boolean;
}

/** The settings of an index of turns or memories, or of what a session pushed: nothing of its own but the embedder. */
export function conversationSettings({ embedder, clock }: { embedder: Embedder; clock: Clock }): IndexSettings {
  return {
    embedderId: embedder.id,
    dimensions: embedder.dimensions,
    kind: "own",
    metadata: {},
    createdAt: clock.now(),
  };
}
