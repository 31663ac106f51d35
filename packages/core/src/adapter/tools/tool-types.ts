import type { Clock } from "../../clock.ts";
import type { Recall, RecallOptions } from "../../recall/index.ts";
import type { Sotto } from "../../sotto.ts";
import type { Lane, Provenance, Scope } from "../../user/index.ts";

/** Every tool there is. The first five change nothing. */
export const MEMORY_TOOL_NAMES = [
  "search_memory",
  "search_knowledge_base",
  "search_conversation",
  "list_indexes",
  "load_index",
  "remember",
  "forget",
  "add_documents",
] as const;

export type MemoryToolName = (typeof MEMORY_TOOL_NAMES)[number];

/** The tools that change something. */
export type WriteToolName = "remember" | "forget" | "add_documents";

/** What of Sotto the tools need. */
export type ToolSotto = Pick<
  Sotto,
  "searchMemory" | "listIndexes" | "loadIndex" | "remember" | "forget" | "addDocs" | "createIndex"
>;

/** JSON Schema that strict tool modes take: everything required, nothing beside, no lengths. */
export interface ToolParameters {
  type: "object";
  properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  required: readonly string[];
  additionalProperties: false;
}

/** What a call of a tool brings along: never from the model. */
export interface MemoryToolCall {
  scope: Scope;
  signal?: AbortSignal | undefined;
  /** Where a fact was said, for `remember`. */
  provenance?: Provenance | undefined;
  /** Replaces `searchMemory`, for calls that ask more than one scope. */
  search?: ((query: string, options: RecallOptions) => Promise<Recall>) | undefined;
}

export interface MemoryToolResult<Value> {
  /** What the model is shown: fenced and bounded. */
  text: string;
  /** What the application may use: never shown to a model. */
  value: Value;
  /** Of a search that answered: all of it. */
  recall?: Recall | undefined;
}

/** One tool, for any framework. */
export interface MemoryTool<Value = unknown> {
  readonly name: MemoryToolName;
  readonly description: string;
  readonly parameters: ToolParameters;
  /** Whether it changes something: such tools should wait for the user's approval where there is a way to give one. */
  readonly writes: boolean;
  /**
   * Runs it. What the model may choose is checked here too, whatever schema the framework sends.
   * @throws `argument.invalid`, `limit.exceeded`, `adapter.deadline_exceeded`, and the signal's reason.
   */
  run(args: unknown, call: MemoryToolCall): Promise<MemoryToolResult<Value>>;
  /** What the model is shown of a value, also of one that was stored meanwhile. */
  textOf(value: Value): string;
}

export interface MemoryToolOptions
  extends Pick<RecallOptions, "topK" | "filter" | "minScore" | "contextCharCap" | "perLaneCharCap"> {
  /** Lanes that `search_memory` searches. Default: all four. */
  lanes?: readonly Lane[] | undefined;
  /** Indexes that can be searched, listed and loaded. Default: every index of the project. */
  orgIndexes?: readonly string[] | undefined;
  /** Tools that change something; none unless named here. */
  write?: readonly WriteToolName[] | undefined;
  /** The index that `add_documents` writes to; needed with it. */
  writeIndex?: string | undefined;
  /** Milliseconds a search may take; what is late is left out. Default 2,000. */
  timeoutMs?: number | undefined;
  /** Milliseconds a write, a listing or a load may take; then it fails. Default 10,000. */
  writeTimeoutMs?: number | undefined;
  /** How the framework spells a tool's name, where one tool speaks of another. Default: as it is. */
  nameOf?: ((name: MemoryToolName) => string) | undefined;
  clock?: Clock | undefined;
}

/** One thing that a search found. */
export type FoundEntry = {
  id: string;
  lane: Exclude<Lane, "profile">;
  text: string;
  /** In [0, 1]. */
  score: number;
  /** The index that a document is in. */
  index?: string | undefined;
  /** The document that a passage was cut from. */
  parentId?: string | undefined;
  title?: string | undefined;
  /** Who said it, and when, in milliseconds since the epoch. */
  speaker?: string | undefined;
  at?: number | undefined;
  sessionId?: string | undefined;
};

export type SearchOutput = {
  /** Fenced, bounded, "" when nothing was found. */
  contextText: string;
  entries: FoundEntry[];
  /** True when a part of memory did not answer in time. */
  degraded: boolean;
};

export type ListedIndex = {
  name: string;
  docCount: number;
  chunkCount: number;
  version: number;
};
export type IndexesOutput = { indexes: ListedIndex[] };
export type RememberOutput = { id: string; text: string };
export type ForgetOutput = { memoryId: string; forgotten: boolean };
export type AddDocumentsOutput = {
  index: string;
  added: number;
  updated: number;
};

/** What each tool hands to the application. */
export interface MemoryToolValues {
  search_memory: SearchOutput;
  search_knowledge_base: SearchOutput;
  search_conversation: SearchOutput;
  list_indexes: IndexesOutput;
  load_index: IndexesOutput;
  remember: RememberOutput;
  forget: ForgetOutput;
  add_documents: AddDocumentsOutput;
}

export type MemoryToolSet = {
  [Name in Exclude<MemoryToolName, WriteToolName>]: MemoryTool<MemoryToolValues[Name]>;
} & {
  [Name in WriteToolName]?: MemoryTool<MemoryToolValues[Name]>;
};
