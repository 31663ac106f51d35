import type { Scope, Sotto } from "@sotto/core";
import { type ScopeOption, scopeOf, systemClock, type TurnStats, turnMemory } from "@sotto/core/adapter";
import type { LanguageModelMiddleware } from "ai";
import type { CallOptions, ProviderOptions, Source } from "../provider-types.ts";
import { conversationOf } from "../turn/conversation.ts";
import type { MemoryOptions } from "../turn/memory-options.ts";
import { type CitationOptions, citationsOf } from "./citations.ts";
import { observeStream } from "./observe-stream.ts";
import { placeBlock, withoutBlocks } from "./place-block.ts";
import { StepOutput } from "./step-output.ts";
import type { MiddlewareTurn } from "./turn.ts";
import { Turns } from "./turns.ts";

export interface MemoryMiddlewareOptions extends MemoryOptions {
  /**
   * Whose memory: fixed, or found from the call's provider options, which the application sets. Without a session
   * nothing is recorded.
   */
  scope: ScopeOption<{ providerOptions: ProviderOptions }>;
  /** Which entries become document sources; false for none. */
  citations?: CitationOptions | false | undefined;
  /** A turn that waits for a tool, an approval or another try is recorded, and over, after this. Default 120,000. */
  settleAfterMs?: number | undefined;
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
  const { scope, placement = "user", citations, settleAfterMs = 120_000, isUserMessage, ...turnOptions } = options;
  const turnsMemory = turnMemory(memory, turnOptions);
  const turns = new Turns({ memory: turnsMemory, clock: turnOptions.clock ?? systemClock, settleAfterMs });
  /** The turn of a call, by the parameters that `transformParams` made for it. */
  const turnOfCall = new WeakMap<CallOptions, MiddlewareTurn>();

  async function openTurn(params: CallOptions): Promise<{ turn: MiddlewareTurn; questionAt: number } | undefined> {
    const given: Scope | undefined = scopeOf(scope, { providerOptions: params.providerOptions ?? {} });
    if (given === undefined) return undefined;
    const isWaiting = (turnId: string) => turns.isWaiting(given, turnId);
    const conversation = await conversationOf(params.prompt, { isUserMessage, isWaiting });
    return conversation && { turn: turns.open(conversation, given), questionAt: conversation.questionAt };
  }

  /** The sources of a turn: for the first of its calls that shows something, then none. */
  function takeSources(turn: MiddlewareTurn): Source[] {
    if (turn.cited || turn.shown === undefined || citations === false) return [];
    turn.cited = true;
    return citationsOf(turn.shown, citations);
  }

  return {
    specificationVersion: "v4",
    stats: turnsMemory.stats,
    flush: () => turns.flush(),

    async transformParams({ params }) {
      try {
        const prompt = withoutBlocks(params.prompt);
        const opened = await openTurn({ ...params, prompt });
        if (opened === undefined) return { ...params, prompt };
        const { block } = await opened.turn.recall(params.abortSignal);
        const placed = placeBlock(prompt, block, { placement, questionAt: opened.questionAt });
        const transformed = { ...params, prompt: placed };
        turnOfCall.set(transformed, opened.turn);
        return transformed;
      } catch (error) {
        turnsMemory.failed("a call goes on without memory", error);
        return params;
      }
    },

    async wrapGenerate({ doGenerate, params }) {
      const turn = turnOfCall.get(params);
      if (turn === undefined) return doGenerate();
      turn.beginStep();
      try {
        const result = await doGenerate();
        const output = new StepOutput();
        for (const part of result.content) output.add(part);
        output.finish(result.finishReason.unified);
        const sources = takeSources(turn);
        turn.endStep(output, output.failed);
        return sources.length === 0 ? result : { ...result, content: [...sources, ...result.content] };
      } catch (error) {
        turn.failStep({ withheld: true, final: params.abortSignal?.aborted === true });
        throw error;
      }
    },

    async wrapStream({ doStream, params }) {
      const turn = turnOfCall.get(params);
      if (turn === undefined) return doStream();
      turn.beginStep();
      try {
        const result = await doStream();
        const stream = observeStream(result.stream, {
          sources: takeSources(turn),
          signal: params.abortSignal,
          onEnd: (output, interrupted) => turn.endStep(output, interrupted),
        });
        return { ...result, stream };
      } catch (error) {
        turn.failStep({ withheld: false, final: params.abortSignal?.aborted === true });
        throw error;
      }
    },
  };
}
