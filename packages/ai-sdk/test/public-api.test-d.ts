// Checked by `tsc`: every line below `@ts-expect-error` must be an error, and no other line may be one.
import type { Consolidator, Embedder, Reranker, Sotto } from "@sotto/core";
import {
  generateText,
  type InferUITools,
  type LanguageModel,
  type PrepareStepFunction,
  streamText,
  ToolLoopAgent,
  type ToolSet,
  toUIMessageStream,
  type UIMessage,
  wrapLanguageModel,
} from "ai";
import {
  agentMemory,
  chatMemory,
  embeddingModel,
  fromEmbeddingModel,
  fromRerankingModel,
  llmConsolidator,
  type MemoryMiddleware,
  memoryMiddleware,
  memoryTools,
  type SearchOutput,
} from "../src/index.ts";

declare const sotto: Sotto;
declare const model: Exclude<LanguageModel, string>;
declare const embedder: Embedder;
const scope = { user: "ana", session: "chat-1" };

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const isTrue = <T extends true>(): T | undefined => undefined;

export async function middleware(): Promise<void> {
  const memory: MemoryMiddleware = memoryMiddleware(sotto, { scope });
  const wrapped = wrapLanguageModel({ model, middleware: memory });
  await generateText({ model: wrapped, prompt: "Hello." });
  const flushed: Promise<void> = memory.flush();
  await flushed;
  memoryMiddleware(sotto, { scope: ({ providerOptions }) => (providerOptions.sotto ? { user: "ana" } : undefined) });
  memoryMiddleware(sotto, { scope, citations: false, placement: "user", lanes: ["org"] });
  // @ts-expect-error Memory belongs to somebody.
  memoryMiddleware(sotto, {});
  // @ts-expect-error A scope names a user.
  memoryMiddleware(sotto, { scope: { session: "chat-1" } });
  // @ts-expect-error There is no such placement.
  memoryMiddleware(sotto, { scope, placement: "assistant" });
  // @ts-expect-error There is no such lane.
  memoryMiddleware(sotto, { scope, lanes: ["gossip"] });
  // @ts-expect-error What went wrong is counted by the middleware only.
  memory.stats.failedWrites = 0;
}

export async function tools(): Promise<void> {
  const fixed = memoryTools(sotto, { scope, write: ["remember"] });
  const set: ToolSet = fixed;
  await generateText({ model, tools: fixed, prompt: "Hello." });
  await generateText({ model, tools: set, prompt: "Hello." });
  type Tools = InferUITools<typeof fixed>;
  isTrue<Equal<Tools["searchMemory"]["output"], SearchOutput>>();
  isTrue<Equal<Tools["searchMemory"]["input"], { query: string }>>();
  isTrue<Equal<keyof Tools & "forget", never>>();
  isTrue<Equal<keyof Tools & "remember", "remember">>();
  // @ts-expect-error A write tool is there only when it is named.
  fixed.forget;
  // @ts-expect-error There is no such tool.
  memoryTools(sotto, { scope, write: ["drop"] });
  // @ts-expect-error A model never chooses the index.
  memoryTools(sotto, { scope, index: "help" });

  const open = memoryTools(sotto, {});
  const { searchMemory } = open;
  await generateText({
    model,
    tools: { searchMemory },
    toolsContext: { searchMemory: { user: "ana" } },
    prompt: "Hello.",
  });
  // @ts-expect-error Without a fixed scope every call gives one.
  await generateText({ model, tools: { searchMemory }, prompt: "Hello." });
  // @ts-expect-error The context names a user.
  await generateText({ model, tools: { searchMemory }, toolsContext: { searchMemory: {} }, prompt: "Hello." });
}

export async function agents(): Promise<void> {
  const memory = agentMemory(sotto, { scope: ({ runtimeContext }) => ({ user: String(runtimeContext.userId) }) });
  new ToolLoopAgent({ model, tools: memoryTools(sotto, { scope }), instructions: "Be brief.", ...memory.hooks });
  await generateText({ model, prompt: "Hello.", ...memory.hooks });
  const prepareStep: PrepareStepFunction<ToolSet> = memory.hooks.prepareStep;
  streamText({ model, prompt: "Hello.", prepareStep });
  agentMemory(sotto, { scope, placement: "user" });
}

export function models(): void {
  isTrue<Equal<ReturnType<typeof embeddingModel>["specificationVersion"], "v4">>();
  const ours: Embedder = fromEmbeddingModel(embeddingModel(embedder), { dimensions: 256 });
  const reranker: Reranker = fromRerankingModel("cohere/rerank-v3.5");
  const consolidator: Consolidator = llmConsolidator(model, { maxFacts: 5 });
  void [ours, reranker, consolidator];
  // @ts-expect-error An index has to know how long the vectors are.
  fromEmbeddingModel(embeddingModel(embedder));
  // @ts-expect-error There is no such way to fail.
  llmConsolidator(model, { onFailure: "ignore" });
}

export async function chats(): Promise<void> {
  type Message = UIMessage<{ model: string }>;
  const chat = chatMemory<Message>(sotto, { scope });
  const messages = await chat.load();
  isTrue<Equal<typeof messages, Message[]>>();
  const { stream } = streamText({ model, prompt: "Hello." });
  toUIMessageStream<ToolSet, Message>({ stream, ...chat.streamOptions(messages) });
  // @ts-expect-error A chat has a session.
  chatMemory(sotto, { scope: { user: "ana" } });
  // @ts-expect-error Messages have parts.
  await chat.save([{ id: "1", role: "user", content: "Hello." }]);
}
