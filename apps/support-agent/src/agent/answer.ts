import type { Recall } from "@sotto/core";

/** What one search of memory or of the knowledge base brought. */
export interface Recalled {
  /** Who asked for it: `memory` (before every answer), or the name of a tool. */
  by: string;
  recall: Recall;
}

export interface AnsweredToolCall {
  name: string;
  arguments: Readonly<Record<string, unknown>>;
  /** What the model was told. */
  result: string;
}

export interface Answer {
  question: string;
  /** As far as it was shown. */
  text: string;
  interrupted: boolean;
  toolCalls: readonly AnsweredToolCall[];
  recalled: readonly Recalled[];
}

/** What happens while an answer is made, in order. */
export type AnswerEvent =
  | { type: "text"; text: string }
  | { type: "tool-call"; name: string; arguments: Readonly<Record<string, unknown>> }
  | { type: "tool-result"; name: string; failed: boolean; hits: number | undefined };
