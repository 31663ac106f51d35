import type { UIMessage } from "ai";

/** The words of a message. */
export function textOf({ parts }: UIMessage): string {
  return parts.flatMap((part) => (part.type === "text" ? part.text : [])).join("\n\n");
}
