import type { ChatRequest } from "./chat/chat-request.ts";
import type { Reply } from "./chat/reply.ts";

export interface OfflineLlmOptions {
  /** Default 0: any free port. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
  /** When set, requests need `Authorization: Bearer <apiKey>`, else 401. Default: any key, or none, will do. */
  apiKey?: string;
  /** Delay before the first token of a reply, in ms. Default 0. */
  firstTokenDelayMs?: number;
  /** Delay before each further chunk of a streamed reply, in ms. Default 0. */
  tokenDelayMs?: number;
  /** What transcription answers for audio in which no text is found. Default "What can you do for me?". */
  fallbackTranscript?: string;
  /** Milliseconds since 1970, for `created` fields. Default `Date.now`. */
  now?: () => number;
}

/**
 * Replaces the reply to a chat request. A string is said; undefined leaves the server's own reply, which is passed
 * as the second argument. A throw becomes a 500, an `ApiError` what it says. A promise may stay open to play a model that hangs.
 */
export type Responder = (request: ChatRequest, ownReply: Reply) => Scripted | Promise<Scripted>;
export type Scripted = string | Partial<Reply> | undefined;
