import { llm, voice } from "@livekit/agents";

export interface SeenItem {
  id: string;
  type: string;
  role?: string;
  text: string;
}

export interface ModelCall {
  items: SeenItem[];
  tools: string[];
}

/** LiveKit's FakeLLM, which also notes what each call was given. */
export class SeeingLLM extends voice.testing.FakeLLM {
  readonly calls: ModelCall[] = [];

  override chat(options: Parameters<voice.testing.FakeLLM["chat"]>[0]): llm.LLMStream {
    const toolCtx = llm.toToolContext(options.toolCtx);
    this.calls.push({ items: options.chatCtx.items.map(seen), tools: Object.keys(toolCtx?.functionTools ?? {}) });
    return super.chat(options);
  }
}

function seen(item: llm.ChatItem): SeenItem {
  const { id, type } = item;
  if (item.type === "message") return { id, type, role: item.role, text: item.textContent ?? "" };
  if (item.type === "function_call_output") return { id, type, text: item.output };
  if (item.type === "function_call") return { id, type, text: item.name };
  return { id, type, text: "" };
}

/** `role` of messages, `type` of the rest, `memory` for recalled blocks; instructions left out. */
export function orderOf({ items }: ModelCall): string[] {
  return items.flatMap(({ id, type, role }) => {
    if (id.startsWith("sotto_memory_")) return ["memory"];
    if (type === "agent_config_update" || role === "system") return [];
    return [type === "message" ? (role as string) : type];
  });
}

export function blocksOf({ items }: ModelCall): SeenItem[] {
  return items.filter(({ id }) => id.startsWith("sotto_memory_"));
}
