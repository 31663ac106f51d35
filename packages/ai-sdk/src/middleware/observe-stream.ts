import type { Source, StreamPart } from "../provider-types.ts";
import { StepOutput } from "./step-output.ts";

export interface StreamObserver {
  /** Put into the stream before its first part of content. */
  sources: readonly Source[];
  signal: AbortSignal | undefined;
  /** Called once, when the stream ended, failed, was cancelled or aborted, with what had been read of it by then. */
  onEnd(output: StepOutput, interrupted: boolean): void;
}

/**
 * The same stream, with sources, watched. Nothing is read ahead: what counts as sent is what the application took.
 */
export function observeStream(
  stream: ReadableStream<StreamPart>,
  { sources, signal, onEnd }: StreamObserver,
): ReadableStream<StreamPart> {
  const reader = stream.getReader();
  const output = new StepOutput();
  const waiting = [...sources];
  let ended = false;

  const end = (interrupted: boolean) => {
    if (ended) return;
    ended = true;
    signal?.removeEventListener("abort", onAbort);
    onEnd(output, interrupted || output.failed);
  };
  // A stream may go on after its signal, or stay open without a word.
  const onAbort = () => end(true);
  if (signal?.aborted) end(true);
  else signal?.addEventListener("abort", onAbort, { once: true });

  let next: StreamPart | undefined;
  return new ReadableStream<StreamPart>(
    {
      async pull(controller) {
        try {
          if (next === undefined) {
            const { done, value } = await reader.read();
            if (done) {
              end(false);
              controller.close();
              return;
            }
            next = value;
          }
          if (waiting.length > 0 && beginsContent(next)) {
            controller.enqueue(waiting.shift() as Source);
            return;
          }
          const part = next;
          next = undefined;
          if (!ended) output.add(part);
          controller.enqueue(part);
        } catch (error) {
          end(true);
          controller.error(error);
        }
      },
      async cancel(reason) {
        end(true);
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function beginsContent({ type }: StreamPart): boolean {
  return (
    type !== "stream-start" && type !== "response-metadata" && type !== "raw" && type !== "ping" && type !== "error"
  );
}
