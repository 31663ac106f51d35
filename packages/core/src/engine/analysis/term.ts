/** A term as it is indexed. */
export interface Term {
  readonly text: string;
  /** English stop words are indexed, but left out of queries that hold anything else. */
  readonly stopWord: boolean;
}
