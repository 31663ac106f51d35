import type { OfflineLlmOptions, Responder } from "../options.ts";
import type { RecordedRequest } from "../recorded-request.ts";

/** What the routes share. */
export interface ServerState {
  options: Required<Omit<OfflineLlmOptions, "apiKey">> & { apiKey: string | undefined };
  requests: RecordedRequest[];
  responder: Responder | undefined;
  /** Aborts when the server is closed for good. */
  closing: AbortController;
}

/** Hono's environment: the record of the request under way, and a signal for "the client left" or "the server closes". */
export interface Env {
  Variables: { record: RecordedRequest; signal: AbortSignal };
}
