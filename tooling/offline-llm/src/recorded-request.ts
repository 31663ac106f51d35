/** One request that the server got. Headers, an API key among them, are not kept. */
export interface RecordedRequest {
  method: string;
  /** For example `/v1/chat/completions`. */
  path: string;
  /** The parsed JSON body; undefined for none, for multipart, and for JSON that could not be parsed. */
  body: unknown;
  /** HTTP status; undefined while the request is under way, and when the client left first. */
  status: number | undefined;
  /** True when the client left before the answer was complete. */
  aborted: boolean;
  /** Server-sent events written so far, `[DONE]` included. */
  eventsSent: number;
}
