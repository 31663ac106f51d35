import type { UIMessage } from "ai";

/** Characters of a message that memory searches. */
const TEXT_CHARS = 90_000;

/**
 * What memory keeps of a message as its words: its text, or, without one, what else it holds, such as `(file: plan.pdf)`.
 * "" for a message without a part.
 */
export function messageText({ parts }: UIMessage): string {
  const text = parts
    .flatMap((part) => (part.type === "text" ? part.text.trim() || [] : []))
    .join("\n")
    .slice(0, TEXT_CHARS);
  if (text !== "") return text;
  return [...new Set(parts.flatMap((part) => nameOf(part) ?? []))].join(" ") || (parts.length === 0 ? "" : "(message)");
}

function nameOf(part: UIMessage["parts"][number]): string | undefined {
  if (part.type === "file") return `(file: ${part.filename ?? part.mediaType})`;
  if (part.type === "dynamic-tool") return `(tool: ${part.toolName})`;
  if (part.type.startsWith("tool-")) return `(tool: ${part.type.slice("tool-".length)})`;
  if (part.type.startsWith("data-")) return `(data: ${part.type.slice("data-".length)})`;
  if (part.type.startsWith("source-")) return "(sources)";
  return undefined;
}
