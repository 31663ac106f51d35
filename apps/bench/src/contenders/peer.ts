import type { VectorRows } from "../data/clustered-vectors.ts";

/** What peers index: text and vectors by number. */
export interface PeerData {
  texts: readonly string[];
  vectors: VectorRows;
}

export interface PeerQuery {
  text: string;
  vector: Float32Array;
}

/** Another library over the same data, with its own default settings. */
export interface Peer {
  name: string;
  searches: "words" | "vectors" | "both";
  buildMs: number;
  /** Numbers of the best k documents, best first. */
  search(query: PeerQuery, k: number): number[] | Promise<number[]>;
  close?(): void;
}

/** Undefined where the library is not installed on this platform. */
export type BuildPeers = (data: PeerData) => Promise<Peer[] | undefined>;
