import type { ChatStatus, UIMessage } from "ai";
import { textOf } from "./message.tsx";

export interface AnnouncerProps {
  messages: readonly UIMessage[];
  status: ChatStatus;
}

/**
 * Reads the answer out as it comes: sentence by sentence, for a screen reader that is handed single words stutters.
 */
export function Announcer({ messages, status }: AnnouncerProps) {
  const last = messages.at(-1);
  const answering = status === "submitted" || status === "streaming";
  const text = last?.role === "assistant" ? textOf(last) : "";
  const sentences = status === "streaming" ? wholeSentences(text) : [];
  return (
    <div className="sr-only" role="log" aria-live="polite" aria-label="Answer as it comes">
      {answering && <p>Answering …</p>}
      {sentences.map((sentence, index) => (
        <p key={`${last?.id} ${index}`}>{sentence}</p>
      ))}
      {status === "ready" && last?.role === "assistant" && <p>The answer is complete.</p>}
    </div>
  );
}

function wholeSentences(text: string): string[] {
  return text.match(/[^.!?\n]+(?:[.!?]+(?=\s)|\n)/g)?.map((sentence) => sentence.trim()) ?? [];
}
