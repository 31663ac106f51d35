import type { Scope, Sotto } from "@sotto/core";
import { type LanguageModel, wrapLanguageModel } from "ai";
import { type MemoryMiddlewareOptions, memoryMiddleware } from "./middleware/memory-middleware.ts";

type WrappedModel = ReturnType<typeof wrapLanguageModel>;
type Wrappable = Exclude<LanguageModel, string>;

/**
 * A language model with memory, in one line: `memoryMiddleware` around it. `flush` waits until every turn is on disk.
 *
 * @example
 * ```ts
 * const model = withSotto(openai("gpt-5"), sotto, { user: "ana", session: "chat-1" });
 * const { text } = await generateText({ model, prompt: "What did I order?" });
 * await model.flush();
 * ```
 */
export function withSotto(
  model: Wrappable,
  sotto: Sotto,
  scope: Scope,
  options: Omit<MemoryMiddlewareOptions, "scope"> = {},
): WrappedModel & { flush(): Promise<void> } {
  const middleware = memoryMiddleware(sotto, { ...options, scope });
  const wrapped = wrapLanguageModel({ model: model as Parameters<typeof wrapLanguageModel>[0]["model"], middleware });
  return Object.assign(wrapped, { flush: () => middleware.flush() });
}
