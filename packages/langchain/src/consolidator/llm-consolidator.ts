import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import type { Consolidator } from "@sotto/core";
import { type FactOptions, type FactPrompt, factConsolidator, type JsonSchema } from "@sotto/core/adapter";

/** The part of a chat model that is used. */
export type StructuredChatModel = Pick<BaseChatModel, "withStructuredOutput">;

export interface LlmConsolidatorOptions extends FactOptions {}

/**
 * A consolidator over a chat model: facts, what they supersede, and changes of the profile. What the model answers is
 * checked; what does not come from a line of the user's is left out. A failing model rejects, so that the session is
 * taken up again later.
 *
 * @example
 * const sotto = createSotto({ consolidator: llmConsolidator(new ChatOpenAI({ model: "gpt-4.1-mini", temperature: 0 })) });
 */
export function llmConsolidator(model: StructuredChatModel, options: LlmConsolidatorOptions = {}): Consolidator {
  const { _llmType: type, model: name } = model as { _llmType?: () => string; model?: unknown };
  const modelName = typeof name === "string" ? name : (type?.call(model) ?? "langchain");

  function ask({ system, user }: FactPrompt, schema: JsonSchema, signal: AbortSignal): Promise<unknown> {
    return model
      .withStructuredOutput(schema, { name: "memories" })
      .invoke([new SystemMessage(system), new HumanMessage(user)], { signal });
  }
  return factConsolidator({ id: `facts-v1:${modelName}`, ...options, ask });
}
