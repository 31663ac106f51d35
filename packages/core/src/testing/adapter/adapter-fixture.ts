import type { FactOptions, TurnStats } from "../../adapter/index.ts";
import type { Clock } from "../../clock.ts";
import type { Consolidator } from "../../consolidation/index.ts";
import type { Logger } from "../../logger.ts";
import type { Sotto } from "../../sotto.ts";

/** What an adapter is made with: all of it goes into its options. */
export interface AdapterSetting {
  sotto: Sotto;
  timeoutMs: number;
  recordTimeoutMs: number;
  /** Stands still until the kit moves it. */
  clock: Clock;
  logger: Logger;
}

/** A message of a conversation, as the application keeps it. */
export interface KeptMessage {
  id: string;
  role: "user" | "assistant";
  text: string;
}

/** One turn: a user says something, and a model answers. */
export interface Exchange {
  user: string;
  session: string;
  /** What the application keeps of the conversation before it, oldest first. */
  history: readonly KeptMessage[];
  message: KeptMessage & { role: "user" };
  /** What the model is made to answer. */
  answer: KeptMessage & { role: "assistant" };
  signal?: AbortSignal;
}

/** An adapter under test, over its framework's own doubles. */
export interface TestedAdapter {
  /** Has the framework do one turn. Resolves when the answer is there, with all text that the model was shown. */
  exchange(exchange: Exchange): Promise<{ shown: string }>;
  /** Waits for what is being written. */
  flush(): Promise<void>;
  readonly stats: Readonly<TurnStats>;
  /** The adapter's consolidator over a model that answers so every time. */
  consolidator?(answer: unknown, options: FactOptions): Consolidator;
  close?(): Promise<void>;
}

/** One statement of the kit. */
export interface AdapterCase {
  name: AdapterCaseName;
  title: string;
  run(create: CreateAdapter): Promise<void>;
}

export type CreateAdapter = (setting: AdapterSetting) => TestedAdapter | Promise<TestedAdapter>;

/** What a case can be skipped by. */
export type AdapterCaseName =
  | "records"
  | "recalls"
  | "recalled-elsewhere"
  | "recalls-others"
  | "facts"
  | "long-message"
  | "recall-hangs"
  | "recall-fails"
  | "recall-aborted"
  | "write-hangs"
  | "write-fails"
  | "embedder-hangs"
  | "embedder-fails"
  | "store-hangs"
  | "store-fails"
  | "same-words"
  | "edited"
  | "regenerated"
  | "undone"
  | "stuck-user";
