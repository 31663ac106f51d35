import { llm } from "@livekit/agents";
import type { ConsolidationPrompt } from "./consolidation-prompt.ts";
import { type ConsolidationAnswer, consolidationSchema } from "./consolidation-schema.ts";

const TOOL = "save_memories";

/** One answer of the model, checked. A wrong one is asked for once more with what was wrong; then it is an error. */
export async function askModel(
  model: llm.LLM,
  prompt: ConsolidationPrompt,
  signal: AbortSignal,
): Promise<ConsolidationAnswer> {
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: "system", content: prompt.system });
  chatCtx.addMessage({ role: "user", content: prompt.user });
  const first = await complete(model, chatCtx, signal);
  const parsed = parse(first);
  if (parsed.answer !== undefined) return parsed.answer;
  chatCtx.addMessage({ role: "user", content: `Your answer was not valid: ${parsed.problem}. Answer again.` });
  const second = parse(await complete(model, chatCtx, signal));
  if (second.answer !== undefined) return second.answer;
  throw new Error(`The model's answer is not what was asked for, twice: ${second.problem}`);
}

/** The arguments of the tool call, or the text of a model that calls no tools. */
async function complete(model: llm.LLM, chatCtx: llm.ChatContext, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const toolCtx = [
    llm.tool({
      name: TOOL,
      description: "Saves what is to be remembered of the call.",
      parameters: consolidationSchema,
      execute: async () => undefined,
    }),
  ];
  const stream = model.chat({
    chatCtx: chatCtx.copy(),
    toolCtx,
    toolChoice: { type: "function", function: { name: TOOL } },
  });
  const stop = () => stream.close();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const { text, toolCalls } = await stream.collect();
    signal.throwIfAborted();
    return toolCalls.find(({ name }) => name === TOOL)?.args ?? text;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function parse(
  text: string,
): { answer: ConsolidationAnswer; problem?: undefined } | { answer?: undefined; problem: string } {
  const json = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  if (json === "") return { problem: "there is no JSON object in it" };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { problem: (error as Error).message };
  }
  const result = consolidationSchema.safeParse(value);
  if (result.success) return { answer: result.data };
  return { problem: result.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; ") };
}
