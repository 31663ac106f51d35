/** Which tools a model gets, and how they behave. */
export interface MemoryToolsOptions {
  /** Default true. */
  search_knowledge_base?: boolean;
  /** Default true. */
  search_conversation?: boolean;
  /** Default true. */
  remember?: boolean;
  /** Lets the model delete what is remembered of the caller. Default false. */
  forget?: boolean;
  /** Most hits of a search. Default 5. */
  topK?: number;
  /** The longest that a tool works, milliseconds. Default 2,000. */
  timeoutMs?: number;
}
