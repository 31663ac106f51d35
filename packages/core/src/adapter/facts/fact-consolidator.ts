import type { Clock } from "../../clock.ts";
import {
  type ConsolidationInput,
  type ConsolidationResult,
  type Consolidator,
  turnConsolidator,
} from "../../consolidation/index.ts";
import { codeOf } from "../../errors/index.ts";
import { consoleLogger, type Logger } from "../../logger.ts";
import { withDeadline } from "../deadline.ts";
import { checkedFacts, checkedProfile, type Fact } from "./checked-facts.ts";
import { type FactPrompt, factPrompt } from "./fact-prompt.ts";
import { type Extraction, factSchema, type JsonSchema, parseExtraction } from "./fact-schema.ts";
import { transcriptOf } from "./transcript.ts";

/** How facts are made: the same in every adapter. */
export interface FactOptions {
  /** Default `facts-v1`, with the model's name where an adapter knows it. */
  id?: string | undefined;
  /** What keeps the conversation itself beside the facts; null for none. Default: Sotto's own consolidator. */
  verbatim?: Consolidator | null | undefined;
  /** Added to the instructions: what matters in this application. */
  instructions?: string | undefined;
  /** Most facts of one session. Default 40. */
  maxFacts?: number | undefined;
  /** Characters of conversation in one request. Default 24,000. */
  maxInputChars?: number | undefined;
  /** Requests for one session, not counting a repeated one. Default 4; a longer session is read from its end. */
  maxCalls?: number | undefined;
  /** Milliseconds for all requests of a session. Default 45,000; Sotto itself waits 60,000. */
  timeoutMs?: number | undefined;
  /** `throw`: the session is consolidated later, when its user comes back. `verbatim`: without facts. Default `throw`. */
  onFailure?: "throw" | "verbatim" | undefined;
  logger?: Pick<Logger, "warn"> | Logger | undefined;
  clock?: Clock | undefined;
}

export interface FactConsolidatorOptions extends FactOptions {
  /**
   * Asks a language model, once. Answers what the model answered: an object of the schema's form, or text that holds its
   * JSON. An answer of another form is asked for once more.
   */
  ask: (prompt: FactPrompt, schema: JsonSchema, signal: AbortSignal) => Promise<unknown>;
}

/**
 * A consolidator that has a language model read a finished session: facts, what they supersede, and changes of the
 * profile. The answer is checked against the session: what does not come from a line of the user's is left out.
 *
 * @example
 * const sotto = createSotto({ consolidator: factConsolidator({ ask: ({ system, user }) => complete(system, user) }) });
 */
export function factConsolidator({ ask, ...options }: FactConsolidatorOptions): Consolidator {
  const { verbatim = turnConsolidator(), maxFacts = 40, maxInputChars = 24_000, maxCalls = 4 } = options;
  const { id = "facts-v1", timeoutMs = 45_000, onFailure = "throw", logger = consoleLogger, clock } = options;

  async function extract(prompt: FactPrompt, signal: AbortSignal): Promise<Extraction> {
    const first = parseExtraction(await ask(prompt, factSchema, signal));
    if ("extraction" in first) return first.extraction;
    signal.throwIfAborted();
    const user = `${prompt.user}\n\nYour answer was not valid: ${first.problem}. Answer again.`;
    const second = parseExtraction(await ask({ ...prompt, user }, factSchema, signal));
    if ("extraction" in second) return second.extraction;
    throw new Error(`The model's answer is not what was asked for, twice: ${second.problem}`);
  }

  async function read(input: ConsolidationInput, signal: AbortSignal): Promise<ConsolidationResult> {
    const { windows, left } = transcriptOf(input.turns, {
      maxInputChars,
      maxCalls,
    });
    if (left > 0)
      logger.warn("a session is longer than its facts' budget", {
        session: input.sessionId,
        left,
      });
    const extractions: Extraction[] = [];
    const facts = new Map<string, Fact>();
    for (const lines of windows) {
      if (!lines.some(({ turn }) => turn.role === "user")) continue;
      signal.throwIfAborted();
      const found = [...facts.values()].map(({ text }) => text);
      const { instructions } = options;
      const prompt = factPrompt(input, lines, {
        found,
        ...(instructions === undefined ? {} : { instructions }),
      });
      const extraction = await extract(prompt, signal);
      extractions.push(extraction);
      for (const fact of checkedFacts(extraction, lines, input)) facts.set(fact.text, facts.get(fact.text) ?? fact);
    }
    const profilePatch = checkedProfile(extractions, input);
    if (facts.size > maxFacts)
      logger.warn("a session has more facts than are kept", {
        facts: facts.size,
        maxFacts,
      });
    return {
      memories: [...facts.values()].slice(0, maxFacts),
      ...(profilePatch === undefined ? {} : { profilePatch }),
    };
  }

  return {
    id,
    async consolidate(input) {
      input.signal?.throwIfAborted();
      if (!input.turns.some(({ role }) => role === "user")) return { memories: [] };
      const told = verbatim === null ? { memories: [] } : await verbatim.consolidate(input);
      try {
        const operation = `The consolidation of session ${input.sessionId}`;
        const { signal } = input;
        const { memories, profilePatch } = await withDeadline((own) => read(input, own), {
          operation,
          timeoutMs,
          signal,
          clock,
        });
        return {
          ...told,
          memories: [...told.memories, ...memories],
          ...(profilePatch === undefined ? {} : { profilePatch }),
        };
      } catch (error) {
        if (onFailure === "throw" || input.signal?.aborted) throw error;
        logger.warn("a session was consolidated without facts", {
          session: input.sessionId,
          error: codeOf(error),
        });
        return told;
      }
    },
  };
}
