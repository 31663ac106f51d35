import type { EmbeddingModel, LanguageModelMiddleware } from "ai";

/**
 * The provider types of the AI SDK, taken from what `ai` exports, so that no second version of `@ai-sdk/provider` can
 * come between.
 */
export type EmbeddingModelV4 = Extract<EmbeddingModel, { specificationVersion: "v4" }>;

type WrapGenerate = NonNullable<LanguageModelMiddleware["wrapGenerate"]>;
type WrapStream = NonNullable<LanguageModelMiddleware["wrapStream"]>;

export type CallOptions = Parameters<WrapGenerate>[0]["params"];
export type Prompt = CallOptions["prompt"];
export type PromptMessage = Prompt[number];
export type ProviderOptions = NonNullable<CallOptions["providerOptions"]>;
export type GenerateResult = Awaited<ReturnType<WrapGenerate>>;
export type Content = GenerateResult["content"][number];
export type StreamResult = Awaited<ReturnType<WrapStream>>;
export type StreamPart = StreamResult["stream"] extends ReadableStream<infer Part> ? Part : never;
export type Source = Extract<Content, { type: "source" }>;
