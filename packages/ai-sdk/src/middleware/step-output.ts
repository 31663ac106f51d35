import type { JsonValue, ToolCall } from "@sotto/core";
import type { Content, StreamPart } from "../provider-types.ts";

/** What one call of the model sent. */
export class StepOutput {
  text = "";
  toolCalls: ToolCall[] = [];
  failed = false;
  /** True when the turn goes on: tools are to be run, and the model asked again. */
  continues = false;

  add(part: Content | StreamPart): void {
    switch (part.type) {
      case "text":
        this.text += part.text;
        break;
      case "text-delta":
        this.text += part.delta;
        break;
      case "text-start":
        if (this.text !== "" && !this.text.endsWith("\n")) this.text += "\n";
        break;
      case "tool-call":
        this.toolCalls.push({ name: part.toolName, arguments: parsed(part.input) });
        if (part.providerExecuted !== true) this.continues = true;
        break;
      case "error":
        this.failed = true;
        break;
      case "finish":
        this.finish(part.finishReason.unified);
    }
  }

  finish(reason: string): void {
    if (reason === "tool-calls") this.continues = true;
    if (reason === "error" || reason === "interrupted") this.failed = true;
  }
}

function parsed(input: string): JsonValue {
  try {
    return JSON.parse(input) as JsonValue;
  } catch {
    return input;
  }
}
