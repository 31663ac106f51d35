import {
  type ConsolidationInput,
  type ConsolidationResult,
  type Consolidator,
  type Logger,
  turnConsolidator,
} from "@sotto/core";
import { generateText, type LanguageModel, NoObjectGeneratedError, Output } from "ai";
import { withDeadline } from "../deadline/with-deadline.ts";
import type { ProviderOptions } from "../provider-types.ts";
import { textHash } from "../turn/text-hash.ts";
import { checkedFacts, checkedProfile, withoutRepeats } from "./checked-extraction.ts";
import { type Extraction, extractionSchema } from "./extraction.ts";
import { EXTRACTION_INSTRUCTIONS, extractionPrompt } from "./extraction-prompt.ts";
import { type Line, transcriptOf } from "./transcript.ts";

export interface LlmConsolidatorOptions {
  /** Default `llm-v1:<model id>`. */
  id?: string;
  /** What makes episodes beside the facts; null for none. Default `turnConsolidator()`. */
  episodes?: Consolidator | null;
  /** Added to the instructions: what matters in this application. */
  instructions?: string;
  /** Most facts of one session. Default 20. */
  maxFacts?: number;
  /** Characters of conversation in one request. Default 24,000. */
  maxInputChars?: number;
  /** Requests for one session, not counting a repeated one. Default 4; a longer session is read from its end. */
  maxCalls?: number;
  /** Tokens of one answer. Default 2,000. */
  maxOutputTokens?: number;
  /** Milliseconds for all requests of a session. Default 45,000; Sotto itself waits 60,000. */
  timeoutMs?: number;
  /** Retries of a failed request. Default 2. */
  maxRetries?: number;
  providerOptions?: ProviderOptions;
  /** `throw`: the session is consolidated later, when its user comes back. `episodes`: without facts. Default `throw`. */
  onFailure?: "throw" | "episodes";
  logger?: Pick<Logger, "warn">;
}

/** A result is kept so long, so that doing a session again gives the same; not longer, for it may be forgotten meanwhile. */
const KEEP_RESULT_MS = 60_000;

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
  const { episodes = turnConsolidator(), maxFacts = 20, maxInputChars = 24_000, maxCalls = 4 } = options;
  const { timeoutMs = 45_000, onFailure = "throw", logger = console } = options;
  const results = new Map<string, Promise<ConsolidationResult>>();

  async function extract(input: ConsolidationInput, lines: readonly Line[], signal: AbortSignal): Promise<Extraction> {
    const request = {
      model,
      instructions: [EXTRACTION_INSTRUCTIONS, options.instructions ?? ""].join("\n\n").trim(),
      prompt: extractionPrompt(input, lines),
      output: Output.object({ schema: extractionSchema, name: "memory" }),
      temperature: 0,
      maxOutputTokens: options.maxOutputTokens ?? 2_000,
      maxRetries: options.maxRetries ?? 2,
      abortSignal: signal,
      ...(options.providerOptions === undefined ? {} : { providerOptions: options.providerOptions }),
    };
    try {
      return (await generateText(request)).output;
    } catch (error) {
      // An answer that is no such object is asked for once more.
      if (!NoObjectGeneratedError.isInstance(error)) throw error;
      return (await generateText(request)).output;
    }
  }

  async function read(input: ConsolidationInput, signal: AbortSignal): Promise<ConsolidationResult> {
    const { batches, left } = transcriptOf(input.turns, { maxInputChars, maxCalls });
    if (left > 0) logger.warn("sotto: a session is longer than its budget", { session: input.sessionId, left });
    const extractions: Extraction[] = [];
    const facts = [];
    for (const lines of batches) {
      const extraction = await extract(input, lines, signal);
      extractions.push(extraction);
      facts.push(...checkedFacts(extraction, lines, input));
    }
    const profilePatch = checkedProfile(extractions, input);
    return {
      memories: withoutRepeats(facts).slice(0, maxFacts),
      ...(profilePatch === undefined ? {} : { profilePatch }),
    };
  }

  /** The same session is read once, also when two ask at the same time. A failure is not kept. */
  async function readOnce(input: ConsolidationInput): Promise<ConsolidationResult> {
    const { signal, ...data } = input;
    const key = await textHash(JSON.stringify(data));
    const known = results.get(key);
    if (known !== undefined) return known;
    const operation = `The consolidation of session ${input.sessionId}`;
    const result = withDeadline((own) => read(input, own), { operation, timeoutMs, signal });
    results.set(key, result);
    result.then(
      () => {
        const timer = setTimeout(() => results.delete(key), KEEP_RESULT_MS);
        (timer as { unref?: () => void }).unref?.();
      },
      () => results.delete(key),
    );
    return result;
  }

  return {
    id: options.id ?? `llm-v1:${typeof model === "string" ? model : model.modelId}`,
    async consolidate(input) {
      if (!input.turns.some(({ role }) => role === "user")) return { memories: [] };
      const told = episodes === null ? { memories: [] } : await episodes.consolidate(input);
      try {
        const { memories, profilePatch } = await readOnce(input);
        return {
          memories: [...told.memories, ...memories],
          ...(profilePatch === undefined ? {} : { profilePatch }),
        };
      } catch (error) {
        if (onFailure === "throw" || input.signal?.aborted) throw error;
        logger.warn("sotto: a session was consolidated without facts", { session: input.sessionId });
        return told;
      }
    },
  };
}
