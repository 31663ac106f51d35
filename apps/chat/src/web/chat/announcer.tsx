import type { ChatStatus, UIMessage } from "ai";
import { useEffect, useState } from "react";
import { sentencesOf } from "./sentences.ts";
import { textOf } from "./text-of.ts";

/** How long what was said aloud stays, so that every reader gets to it; after that it would only be there twice. */
const KEEP_MS = 10_000;

export interface AnnouncerProps {
  messages: readonly UIMessage[];
  status: ChatStatus;
}

/** Says an answer aloud as it comes: sentence by sentence, for a screen reader that is handed single words stutters. */
export function Announcer({ messages, status }: AnnouncerProps) {
  const answering = status === "submitted" || status === "streaming";
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => {
    if (answering) {
      setSpeaking(true);
      return;
    }
    const timer = setTimeout(() => setSpeaking(false), KEEP_MS);
    return () => clearTimeout(timer);
  }, [answering]);

  const last = messages.at(-1);
  const text = speaking && last?.role === "assistant" ? textOf(last) : "";
  return (
    <div className="sr-only" role="log" aria-live="polite" aria-label="Answer as it comes">
      {answering && <p>Answering …</p>}
      {sentencesOf(text, { whole: answering }).map(({ start, sentence }) => (
        <p key={`${last?.id} ${start}`}>{sentence}</p>
      ))}
      {speaking && !answering && <p>The answer is complete.</p>}
    </div>
  );
}
