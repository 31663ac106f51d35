import type { UIMessage } from "ai";

const OPEN_STATES = new Set(["input-streaming", "input-available"]);
const STOPPED = "The tool was stopped before it answered.";

/** A message none of whose tools still runs: one that was stopped failed. A model refuses a call without a result. */
export function withClosedTools<Message extends UIMessage>(message: Message): Message {
  if (message.role !== "assistant" || !message.parts.some(isOpenTool)) return message;
  const parts = message.parts.map((part) => {
    if (!isOpenTool(part)) return part;
    const input = "input" in part ? part.input : undefined;
    return { ...part, state: "output-error", input: input ?? {}, errorText: STOPPED };
  });
  return { ...message, parts } as Message;
}

function isOpenTool(part: UIMessage["parts"][number]): boolean {
  const isTool = part.type === "dynamic-tool" || part.type.startsWith("tool-");
  return isTool && "state" in part && OPEN_STATES.has(part.state as string);
}
