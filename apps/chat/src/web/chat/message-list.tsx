import type { ChatStatus, UIMessage } from "ai";
import { useState } from "react";
import type { PassageRef } from "../../shared/api.ts";
import { Message } from "./message.tsx";
import { PassageDialog } from "./passage-dialog.tsx";
import { textOf } from "./text-of.ts";
import { useStickToEnd } from "./use-stick-to-end.ts";

/** All that was said, oldest first, with the newest in sight. */
export function MessageList({ messages, status }: { messages: readonly UIMessage[]; status: ChatStatus }) {
  const [opened, setOpened] = useState<PassageRef>();
  useStickToEnd(messages);
  const last = messages.at(-1);
  const begun = last?.role === "assistant" && textOf(last) !== "";
  const waiting = status === "submitted" || (status === "streaming" && !begun);
  return (
    <section className="messages" aria-label="Conversation">
      <ol>
        {messages.map((message) => (
          <Message
            key={message.id}
            message={message}
            streaming={status === "streaming" && message === last}
            onOpen={setOpened}
          />
        ))}
        {waiting && (
          <li className="message assistant" aria-hidden>
            <span className="waiting">
              <i />
              <i />
              <i />
            </span>
          </li>
        )}
      </ol>
      {opened !== undefined && <PassageDialog passage={opened} onClose={() => setOpened(undefined)} />}
    </section>
  );
}
