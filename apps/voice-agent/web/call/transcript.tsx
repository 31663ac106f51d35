import type { ReceivedMessage } from "@livekit/components-react";
import { useEffect, useRef } from "react";

/** Both sides, as they are spoken or typed; the newest stays in view. */
export function Transcript({ messages }: { messages: ReceivedMessage[] }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (messages.length > 0) list.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }, [messages]);

  return (
    <ol className="transcript" ref={list} aria-live="polite" aria-label="Transcript">
      {messages.map((message) => {
        const agent = message.type === "agentTranscript";
        return (
          <li key={message.id} className={agent ? "agent" : "caller"}>
            <span className="who">{agent ? "Larkfield" : "You"}</span>
            {message.message}
          </li>
        );
      })}
    </ol>
  );
}
