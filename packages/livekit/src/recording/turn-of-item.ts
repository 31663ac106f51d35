import type { llm, voice } from "@livekit/agents";
import type { JsonValue, Role, ToolCall } from "@sotto/core";
import { isMemoryBlock } from "../recall/memory-block.ts";
import { MEMORY_TOOLS } from "../tools/memory-tools-options.ts";

/** Longest argument and result of a tool that is kept with a turn, characters of JSON. */
const TOOL_JSON_CHARS = 2_000;

/** One utterance, without whose it is. */
export interface SpokenTurn {
  role: Role;
  text: string;
  itemId: string;
  at: number;
  interrupted?: boolean;
}

/** What of an item was spoken; undefined for hand-offs, instructions, recalled text and silence. */
export function turnOfItem(item: llm.ChatMessage | llm.AgentHandoffItem): SpokenTurn | undefined {
  if (item.type !== "message" || isMemoryBlock(item)) return undefined;
  if (item.role !== "user" && item.role !== "assistant") return undefined;
  const text = item.textContent?.trim() ?? "";
  if (text === "") return undefined;
  return {
    role: item.role,
    text,
    itemId: item.id,
    at: item.createdAt,
    ...(item.interrupted ? { interrupted: true } : {}),
  };
}

/** Tools that ran. Those of memory are left out: what they found is remembered already. */
export function toolCallsOf({ functionCalls, functionCallOutputs }: voice.FunctionToolsExecutedEvent): ToolCall[] {
  return functionCalls.flatMap(({ name, args }, n) => {
    if (MEMORY_TOOLS.has(name)) return [];
    const output = functionCallOutputs[n]?.output;
    return [{ name, ...field("arguments", args), ...field("result", output) }];
  });
}

function field(key: "arguments" | "result", json: string | undefined): { arguments?: JsonValue; result?: JsonValue } {
  if (json === undefined || json === "") return {};
  if (json.length > TOOL_JSON_CHARS) return { [key]: `${json.slice(0, TOOL_JSON_CHARS)}…` };
  try {
    return { [key]: JSON.parse(json) as JsonValue };
  } catch {
    return { [key]: json };
  }
}
