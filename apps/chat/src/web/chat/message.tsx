import type { UIMessage } from "ai";
import { memo } from "react";
import type { PassageRef } from "../../shared/api.ts";
import { Markdown } from "./markdown.tsx";
import { Sources } from "./sources.tsx";
import { sourcesOf } from "./sources-of.ts";
import { textOf } from "./text-of.ts";

export interface MessageProps {
  message: UIMessage;
  streaming: boolean;
  onOpen: (passage: PassageRef) => void;
}

export const Message = memo(function Message({ message, streaming, onOpen }: MessageProps) {
  const text = textOf(message);
  if (message.role === "user") {
    return (
      <li className="message user">
        <h2 className="sr-only">You</h2>
        <p className="bubble">{text}</p>
      </li>
    );
  }
  if (text === "") return null;
  const sources = sourcesOf(message);
  return (
    <li className="message assistant" aria-busy={streaming}>
      <h2 className="sr-only">Answer</h2>
      <Markdown>{text}</Markdown>
      {!streaming && sources.length > 0 && <Sources sources={sources} onOpen={onOpen} />}
    </li>
  );
});
