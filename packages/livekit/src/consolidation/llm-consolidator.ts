import { llm } from "@livekit/agents";
import type { Consolidator } from "@sotto/core";
import { type FactOptions, type FactPrompt, factConsolidator, type JsonSchema } from "@sotto/core/adapter";
import { guardedLogger } from "../telemetry/guarded-log.ts";

export interface LlmConsolidatorOptions extends FactOptions {}

const TOOL = "save_memories";

/**
 * Turns a session into facts, supersessions and a profile patch with a language model, any that LiveKit can call. The
 * answer is checked: what does not come from a line of the user's is left out. One that stays wrong makes the
 * consolidation fail, and the session is taken up again later.
 *
 * @example
 * ```ts
 * const sotto = createSotto({ consolidator: llmConsolidator(new openai.LLM({ model: "gpt-4.1-mini" })) });
 * ```
 */
export function llmConsolidator(model: llm.LLM, options: LlmConsolidatorOptions = {}): Consolidator {
  /** The arguments of the tool call, or the text of a model that calls no tools. */
  async function ask({ system, user }: FactPrompt, schema: JsonSchema, signal: AbortSignal): Promise<unknown> {
    const chatCtx = llm.ChatContext.empty();
    chatCtx.addMessage({
      role: "system",
      content: `${system}\n\nAnswer by calling ${TOOL} once; or, without tools, with its arguments as JSON and nothing else.`,
    });
    chatCtx.addMessage({ role: "user", content: user });
    const save = llm.tool({
      name: TOOL,
      description: "Saves what is to be remembered of the call.",
      parameters: schema as never,
      execute: async () => undefined,
    });
    const toolChoice = { type: "function", function: { name: TOOL } } as const;
    const stream = model.chat({ chatCtx, toolCtx: [save], toolChoice });
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
  return factConsolidator({ id: `facts-v1:${model.label()}`, logger: guardedLogger, ...options, ask });
}
