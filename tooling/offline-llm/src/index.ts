/**
 * An OpenAI-compatible HTTP server for tests and for trying the sample apps without a key. A stand-in, not a model.
 * @module
 */
export type { ChatRequest, Message, Tool, ToolCall } from "./chat/chat-request.ts";
export { ACKNOWLEDGEMENT, GREETING, NOTHING_FOUND, type Reply, type ReplyToolCall } from "./chat/reply.ts";
export { ApiError } from "./http/api-error.ts";
export type { OfflineLlmOptions, Responder, Scripted } from "./options.ts";
export type { RecordedRequest } from "./recorded-request.ts";
export { type OfflineLlm, startOfflineLlm } from "./server.ts";
