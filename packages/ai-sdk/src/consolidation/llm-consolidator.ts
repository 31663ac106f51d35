import type { Consolidator } from "@sotto/core";
import { type FactOptions, type FactPrompt, factConsolidator, type JsonSchema } from "@sotto/core/adapter";
import { generateText, jsonSchema, type LanguageModel, NoObjectGeneratedError, Output } from "ai";
import type { ProviderOptions } from "../provider-types.ts";

export interface LlmConsolidatorOptions extends FactOptions {
  /** Tokens of one answer. Default 2,000. */
  maxOutputTokens?: number | undefined;
  /** Retries of a failed request. Default 2. */
  maxRetries?: number | undefined;
  providerOptions?: ProviderOptions | undefined;
}

/**
 * A consolidator that has a language model read a finished session: facts, what they supersede, and changes of the
 * profile. The answer is checked against the session: what does not come from a line of the user's is left out.
 *
 * @example
 * ```ts
 * const sotto = createSotto({ consolidator: llmConsolidator(openai("gpt-5-mini")) });
 * ```
 */
export function llmConsolidator(model: LanguageModel, options: LlmConsolidatorOptions = {}): Consolidator {
  const { maxOutputTokens = 2_000, maxRetries = 2, providerOptions, ...facts } = options;
  const modelId = typeof model === "string" ? model : model.modelId;

  async function ask(prompt: FactPrompt, schema: JsonSchema, signal: AbortSignal): Promise<unknown> {
    try {
      const { output } = await generateText({
        model,
        instructions: prompt.system,
        prompt: prompt.user,
        output: Output.object({ schema: jsonSchema(schema), name: "memories" }),
        temperature: 0,
        maxOutputTokens,
        maxRetries,
        abortSignal: signal,
        ...(providerOptions === undefined ? {} : { providerOptions }),
      });
      return output;
    } catch (error) {
      if (NoObjectGeneratedError.isInstance(error)) return error.text ?? "";
      throw error;
    }
  }
  return factConsolidator({ id: `facts-v1:${modelId}`, ...facts, ask });
}
