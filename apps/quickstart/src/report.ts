import type { Percentiles } from "./percentiles.ts";

export interface IndexReport {
  name: string;
  documents: number;
  chunks: number;
  buildMs: number;
  /** From the store, as the next process would. */
  loadMs: number;
  /** Held in memory outside the JavaScript heap. */
  bytes: number;
}

export interface Answer {
  question: string;
  /** Empty for a question of the user's own. */
  expected: string[];
  found: boolean;
  /** 1-based rank of the expected document. */
  rank: number | null;
  hits: { index: string; id: string; score: number; text: string }[];
  embedMs: number;
  searchMs: number;
}

export interface CallReport {
  sessionId: string;
  turns: number;
  question: string;
  answer: string;
  found: boolean;
  text: string;
  tookMs: number;
  /** What the end of the call left. */
  memories: number;
}

export interface SecondCallReport {
  processId: number;
  greeting: string;
  /** Whether the profile and the memories of the first call were there to greet with. */
  greeted: boolean;
  memories: number;
  /** `found`: the best hit holds the answer. */
  recalled: { question: string; answer: string; found: boolean; text: string; tookMs: number }[];
  knowledge: Answer;
  /** Chunks of each index, as the second process found them. */
  chunks: Record<string, number>;
  documentsEmbedded: number;
  queriesEmbedded: number;
  tookMs: number;
}

/** What `--json` prints. Times in milliseconds. */
export interface Report {
  ok: boolean;
  indexes: IndexReport[];
  documentsEmbedded: number;
  answers: Answer[];
  call: CallReport;
  secondCall: SecondCallReport;
  timed: { queries: number; embedMs: Percentiles; searchMs: Percentiles; tookMs: Percentiles };
}
