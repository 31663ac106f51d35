import { useChat } from "@ai-sdk/react";
import { useQueryClient } from "@tanstack/react-query";
import type { UIMessage } from "ai";
import type { Me } from "../../shared/api.ts";
import type { Uploads } from "../documents/use-uploads.ts";
import { Announcer } from "./announcer.tsx";
import { Composer } from "./composer.tsx";
import { MessageList } from "./message-list.tsx";
import { textOf } from "./text-of.ts";
import { transport } from "./transport.ts";
import { Welcome } from "./welcome.tsx";

export interface ChatProps {
  conversationId: string;
  initialMessages: UIMessage[];
  uploads: Uploads;
  me: Me;
}

export function Chat({ conversationId, initialMessages, uploads, me }: ChatProps) {
  const queries = useQueryClient();
  const { messages, sendMessage, regenerate, stop, status, error } = useChat({
    id: conversationId,
    messages: initialMessages,
    transport,
    onFinish: () => {
      void queries.invalidateQueries({ queryKey: ["conversations"] });
      void queries.invalidateQueries({ queryKey: ["memory"] });
    },
  });
  const busy = status === "submitted" || status === "streaming";
  // A question may be left without an answer: the model failed, or the page was left.
  const last = messages.at(-1);
  const unanswered =
    !busy && last !== undefined && (error !== undefined || last.role === "user" || textOf(last) === "");

  return (
    <>
      {messages.length === 0 ? (
        <Welcome me={me} uploads={uploads} />
      ) : (
        <MessageList messages={messages} status={status} />
      )}
      <Announcer messages={messages} status={status} />
      <div className="below-messages">
        {unanswered && (
          <div className="failure" role="alert">
            <p>{error === undefined ? "This question has no answer yet." : error.message}</p>
            <button type="button" className="button" onClick={() => void regenerate()}>
              Try again
            </button>
          </div>
        )}
        <Composer
          busy={busy}
          onSend={(text) => void sendMessage({ text })}
          onStop={() => void stop()}
          uploads={uploads}
          me={me}
        />
      </div>
    </>
  );
}
