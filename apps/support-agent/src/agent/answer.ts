import type { JsonValue, Recall, ToolCall } from "@sotto/core";

/** What one search of memory or of the knowledge base brought. */
export interface Recalled {
  /** Who asked for it: `memory` (before every answer), or the name of a tool. */
  by: string;
  recall: Recall;
}

/** Of a tool, as the model gave them. */
export type Arguments = { readonly [name: string]: JsonValue };

export interface Answer {
  question: string;
  /** As far as it was shown. */
  text: string;
  interrupted: boolean;
  toolCalls: readonly ToolCall[];
  recalled: readonly Recalled[];
}

/** What happens while an answer is made, in order. */
export type AnswerEvent =
  | { type: "text"; text: string }
  | { type: "tool-call"; name: string; arguments: Arguments }
  | { type: "tool-result"; name: string; failed: boolean; hits: number | undefined };
