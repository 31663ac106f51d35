import type { JsonObject } from "../http/json.ts";

export type Role = "system" | "developer" | "user" | "assistant" | "tool";

export interface ToolCall {
  id: string;
  name: string;
  /** JSON text, as the wire carries it. */
  arguments: string;
}

export interface Message {
  role: Role;
  /** All text parts, joined by line breaks; "" when there is none. */
  text: string;
  toolCalls: readonly ToolCall[];
  /** Of a tool message: the call that it answers. */
  toolCallId: string | undefined;
}

export interface Tool {
  name: string;
  /** JSON Schema of the arguments. */
  parameters: JsonObject;
}

export type ToolChoice = "auto" | "none" | "required" | { name: string };

export type ResponseFormat = { type: "text" } | { type: "json_object" } | { type: "json_schema"; schema: JsonObject };

/** A chat completion request, checked, with the defaults filled in. */
export interface ChatRequest {
  model: string;
  messages: readonly Message[];
  tools: readonly Tool[];
  toolChoice: ToolChoice;
  parallelToolCalls: boolean;
  responseFormat: ResponseFormat;
  stream: boolean;
  includeUsage: boolean;
  /** Number of choices, 1 to 128. */
  n: number;
  /** Most tokens (words) of a reply; undefined: no bound. */
  maxTokens: number | undefined;
  stop: readonly string[];
}
