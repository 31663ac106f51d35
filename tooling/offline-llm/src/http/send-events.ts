import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Env, ServerState } from "./context.ts";

export interface ServerSentEvent {
  event?: string;
  data: string;
}

/** Streams events at the pace of the options, and stops when the client leaves. */
export function sendEvents(c: Context<Env>, state: ServerState, events: Iterable<ServerSentEvent>): Response {
  const { firstTokenDelayMs, tokenDelayMs } = state.options;
  const record = c.get("record");
  const left = new AbortController();
  const signal = AbortSignal.any([left.signal, c.get("signal")]);
  return streamSSE(c, async (stream) => {
    stream.onAbort(() => left.abort());
    let delayMs = firstTokenDelayMs;
    try {
      for (const event of events) {
        if (delayMs > 0) await sleep(delayMs, undefined, { signal });
        signal.throwIfAborted();
        await stream.writeSSE(event);
        record.eventsSent += 1;
        delayMs = tokenDelayMs;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      record.aborted = true;
    }
  });
}
