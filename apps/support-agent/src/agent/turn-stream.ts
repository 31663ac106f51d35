import { AIMessage, AIMessageChunk, type BaseMessage, ToolMessage } from "@langchain/core/messages";
import type { Recall, ToolCall } from "@sotto/core";
import { printable } from "../terminal/printable.ts";
import type { AnswerEvent, Arguments } from "./answer.ts";

/** Gathers one answer from what an agent streams in the modes `messages` and `updates`, and tells of it as it comes. */
export class TurnStream {
  /** What was shown. */
  text = "";
  /** Id of the message that said it last. */
  answerId: string | undefined;
  readonly toolCalls: ToolCall[] = [];
  readonly #arguments = new Map<string, Arguments>();
  readonly #onEvent: (event: AnswerEvent) => void;

  constructor(onEvent: (event: AnswerEvent) => void) {
    this.#onEvent = onEvent;
  }

  take(mode: string, payload: unknown): void {
    if (mode === "messages") {
      const [message] = payload as [BaseMessage];
      if (AIMessageChunk.isInstance(message)) this.#takeText(message);
    } else {
      for (const update of Object.values(payload as Record<string, { messages?: unknown } | undefined>)) {
        if (Array.isArray(update?.messages)) for (const message of update.messages) this.#takeMessage(message);
      }
    }
  }

  #takeText(chunk: AIMessageChunk): void {
    const text = printable(chunk.text);
    if (text === "") return;
    // A step that speaks after another one begins a new line.
    const separator = this.answerId !== undefined && chunk.id !== this.answerId && this.text !== "" ? "\n" : "";
    this.answerId = chunk.id ?? this.answerId;
    this.text += separator + text;
    this.#onEvent({ type: "text", text: separator + text });
  }

  #takeMessage(message: unknown): void {
    if (AIMessage.isInstance(message)) {
      for (const { id, name, args } of message.tool_calls ?? []) {
        if (id !== undefined) this.#arguments.set(id, args);
        this.#onEvent({ type: "tool-call", name, arguments: args });
      }
    } else if (ToolMessage.isInstance(message)) {
      const name = message.name ?? "";
      this.toolCalls.push({ name, arguments: this.#arguments.get(message.tool_call_id) ?? {}, result: message.text });
      const recall = message.artifact as Partial<Recall> | undefined;
      this.#onEvent({
        type: "tool-result",
        name,
        failed: message.status === "error",
        hits: recall?.sources?.length,
      });
    }
  }
}
