import type { Scope, Sotto } from "@sotto/core";
import type { LanguageModelMiddleware } from "ai";
import type { CallOptions, ProviderOptions, Source } from "../provider-types.ts";
import { conversationOf } from "../turn/conversation.ts";
import { type ScopeOption, scopeOf } from "../turn/scope-option.ts";
import { TurnMemory } from "../turn/turn-memory.ts";
import type { TurnOptions, TurnStats } from "../turn/turn-options.ts";
import { type CitationOptions, citationsOf } from "./citations.ts";
import { observeStream } from "./observe-stream.ts";
import { type Placement, placeBlock, withoutBlocks } from "./place-block.ts";
import { StepOutput } from "./step-output.ts";
import type { Turn } from "./turn.ts";
import { Turns } from "./turns.ts";

export interface MemoryMiddlewareOptions extends TurnOptions {
  /**
   * Whose memory: fixed, or found from the call's provider options, which the application sets. Without a session
   * nothing is recorded.
   */
  scope: ScopeOption<{ providerOptions: ProviderOptions }>;
  /** Where recalled text is put. Default `system`. */
  placement?: Placement;
  /** Which entries become document sources; false for none. */
  citations?: CitationOptions | false;
  /** A turn that waits for a tool or an approval is recorded after this, as far as it went. Default 120,000. */
  settleAfterMs?: number;
}

export interface MemoryMiddleware extends LanguageModelMiddleware {
  readonly specificationVersion: "v4";
  /** What went wrong without stopping a call. */
  readonly stats: Readonly<TurnStats>;
  /** Resolves once every turn is on disk. Call it before a process or a serverless function ends. */
  flush(): Promise<void>;
}

/**
 * Gives a language model memory: what is known is recalled once a turn, put before the model, cited, and the turn is
 * recorded. Memory that is late or fails is left out; it never stops or holds up a call.
 *
 * @example
 * ```ts
 * const memory = memoryMiddleware(sotto, { scope: { user: "ana", session: "chat-1" } });
 * const model = wrapLanguageModel({ model: openai("gpt-5"), middleware: memory });
 * const { text } = await generateText({ model, prompt: "What did I order?" });
 * await memory.flush();
 * ```
 */
export function memoryMiddleware(memory: Sotto, options: MemoryMiddlewareOptions): MemoryMiddleware {
  const { scope, placement = "system", citations, settleAfterMs = 120_000, ...turnOptions } = options;
  const turnMemory = new TurnMemory(memory, turnOptions);
  const turns = new Turns(turnMemory, settleAfterMs);
  /** The turn of a call, by the parameters that `transformParams` made for it. */
  const turnOf = new WeakMap<CallOptions, Turn>();

  async function openTurn(params: CallOptions): Promise<Turn | undefined> {
    const given: Scope | undefined = scopeOf(scope, { providerOptions: params.providerOptions ?? {} });
    if (given === undefined) return undefined;
    const conversation = await conversationOf(params.prompt);
    return conversation && turns.open(conversation, given, params.abortSignal);
  }

  /** The sources of a turn: for the first of its calls that shows something, then none. */
  async function takeSources(turn: Turn): Promise<Source[]> {
    const recall = await turn.recall;
    if (turn.cited || recall === null || citations === false) return [];
    turn.cited = true;
    return citationsOf(recall, citations);
  }

  return {
    specificationVersion: "v4",
    stats: turnMemory.stats,
    flush: () => turns.flush(),

    async transformParams({ params }) {
      try {
        const prompt = withoutBlocks(params.prompt);
        const turn = await openTurn({ ...params, prompt });
        if (turn === undefined) return { ...params, prompt };
        const recall = await turn.recall;
        const transformed = { ...params, prompt: placeBlock(prompt, recall?.contextText ?? "", placement) };
        turnOf.set(transformed, turn);
        return transformed;
      } catch (error) {
        turnMemory.stats.failedRecalls++;
        turnMemory.warn("a call goes on without memory", error);
        return params;
      }
    },

    async wrapGenerate({ doGenerate, params }) {
      const turn = turnOf.get(params);
      if (turn === undefined) return doGenerate();
      turn.beginStep();
      try {
        const result = await doGenerate();
        const output = new StepOutput();
        for (const part of result.content) output.add(part);
        output.finish(result.finishReason.unified);
        const sources = await takeSources(turn);
        turn.endStep(output, { shown: true, interrupted: output.failed });
        return sources.length === 0 ? result : { ...result, content: [...sources, ...result.content] };
      } catch (error) {
        turn.failStep({ withheld: true, final: params.abortSignal?.aborted === true });
        throw error;
      }
    },

    async wrapStream({ doStream, params }) {
      const turn = turnOf.get(params);
      if (turn === undefined) return doStream();
      turn.beginStep();
      try {
        const result = await doStream();
        const stream = observeStream(result.stream, {
          sources: await takeSources(turn),
          signal: params.abortSignal,
          onEnd: (output, interrupted) => turn.endStep(output, { shown: true, interrupted }),
        });
        return { ...result, stream };
      } catch (error) {
        turn.failStep({ withheld: false, final: params.abortSignal?.aborted === true });
        throw error;
      }
    },
  };
}
