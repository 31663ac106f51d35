import type { UIMessage } from "ai";
import { memo } from "react";
import type { PassageRef } from "../../shared/api.ts";
import { Markdown } from "./markdown.tsx";
import { Sources } from "./sources.tsx";
import { sourcesOf } from "./sources-of.ts";

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
        <h3 className="sr-only">You</h3>
        <p className="bubble">{text}</p>
      </li>
    );
  }
  const sources = sourcesOf(message);
  return (
    <li className="message assistant" aria-busy={streaming}>
      <h3 className="sr-only">Answer</h3>
      <Markdown>{text}</Markdown>
      {!streaming && text !== "" && sources.length > 0 && <Sources sources={sources} onOpen={onOpen} />}
    </li>
  );
});

export function textOf({ parts }: UIMessage): string {
  return parts.flatMap((part) => (part.type === "text" ? part.text : [])).join("\n\n");
}
