import { invalidParameter } from "../http/api-error.ts";
import { isObject } from "../http/json.ts";
import type { Message, Role, ToolCall } from "./chat-request.ts";

const ROLES: readonly Role[] = ["system", "developer", "user", "assistant", "tool"];

/** Checks `messages` as OpenAI does: roles, content parts, and that every tool call is answered by a tool message. */
export function parseMessages(value: unknown): Message[] {
  if (value === undefined) {
    throw invalidParameter("messages", "Missing required parameter: 'messages'.", "missing_required_parameter");
  }
  if (!Array.isArray(value)) throw invalidParameter("messages", "'messages' must be an array.", "invalid_type");
  if (value.length === 0) {
    throw invalidParameter("messages", "Invalid 'messages': empty array. Expected one message or more.", "empty_array");
  }
  const messages = value.map((message, i) => parseMessage(message, `messages[${i}]`));
  checkToolCalls(messages);
  return messages.flatMap(apart);
}

/** What was recalled may stand in the user's own message, before the question: it is read as a message of its own. */
const RECALLED = /(?:^<sotto-memory>\n)?^[^\n]*\n<(recalled-[\w-]+)>\n[\s\S]*?\n<\/\1>(?:\n<\/sotto-memory>)?\s*/gmu;

function apart(message: Message): Message[] {
  if (message.role !== "user" || !message.text.includes("<recalled-")) return [message];
  const text = message.text.replace(RECALLED, "").trim();
  if (text === "" || text === message.text) return [message];
  const recalled = Array.from(message.text.matchAll(RECALLED), ([block]) => block).join("\n");
  return [
    { ...message, role: "system", text: recalled },
    { ...message, text },
  ];
}

function parseMessage(value: unknown, path: string): Message {
  if (!isObject(value)) throw invalidParameter(path, `'${path}' must be an object.`, "invalid_type");
  const role = ROLES.find((known) => known === value.role);
  if (role === undefined) {
    throw invalidParameter(
      `${path}.role`,
      `'${path}.role' must be one of ${ROLES.join(", ")}, not ${JSON.stringify(value.role)}.`,
    );
  }
  const toolCalls = role === "assistant" ? parseToolCalls(value.tool_calls, path) : [];
  const needsContent = role !== "assistant" || toolCalls.length === 0;
  if (needsContent && (value.content === undefined || value.content === null)) {
    throw invalidParameter(
      `${path}.content`,
      `'${path}.content' must be a string or an array of content parts.`,
      "invalid_type",
    );
  }
  const toolCallId = typeof value.tool_call_id === "string" ? value.tool_call_id : undefined;
  if (role === "tool" && toolCallId === undefined) {
    throw invalidParameter(
      `${path}.tool_call_id`,
      `Missing required parameter: '${path}.tool_call_id'.`,
      "missing_required_parameter",
    );
  }
  return { role, text: textOf(value.content, path), toolCalls, toolCallId };
}

/** The text of a content string or of its text parts; parts of other kinds (images, audio) are accepted, not read. */
export function textOf(content: unknown, path: string): string {
  if (content === undefined || content === null) return "";
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) {
    throw invalidParameter(
      `${path}.content`,
      `'${path}.content' must be a string or an array of content parts.`,
      "invalid_type",
    );
  }
  return content
    .map((part, i) => {
      if (!isObject(part) || typeof part.type !== "string") {
        throw invalidParameter(
          `${path}.content[${i}]`,
          `'${path}.content[${i}]' must be an object with a 'type'.`,
          "invalid_type",
        );
      }
      return typeof part.text === "string" ? part.text : "";
    })
    .filter((text) => text !== "")
    .join("\n");
}

function parseToolCalls(value: unknown, path: string): ToolCall[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value))
    throw invalidParameter(`${path}.tool_calls`, `'${path}.tool_calls' must be an array.`, "invalid_type");
  return value.map((call, i) => {
    const fn = isObject(call) && isObject(call.function) ? call.function : undefined;
    if (
      !isObject(call) ||
      typeof call.id !== "string" ||
      typeof fn?.name !== "string" ||
      typeof fn.arguments !== "string"
    ) {
      const at = `${path}.tool_calls[${i}]`;
      throw invalidParameter(
        at,
        `'${at}' must have an 'id' and a 'function' with 'name' and 'arguments', all strings.`,
        "invalid_type",
      );
    }
    return { id: call.id, name: fn.name, arguments: fn.arguments };
  });
}

function checkToolCalls(messages: readonly Message[]): void {
  let open = new Set<string>();
  messages.forEach((message, i) => {
    if (message.role === "tool") {
      if (message.toolCallId === undefined || !open.delete(message.toolCallId)) {
        throw invalidParameter(
          `messages[${i}].role`,
          "Invalid parameter: messages with role 'tool' must be a response to a preceding message with 'tool_calls'.",
        );
      }
      return;
    }
    rejectUnanswered(open, i);
    open = new Set(message.toolCalls.map((call) => call.id));
  });
  rejectUnanswered(open, messages.length);
}

function rejectUnanswered(open: ReadonlySet<string>, position: number): void {
  if (open.size === 0) return;
  throw invalidParameter(
    `messages[${position}].role`,
    `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${[...open].join(", ")}`,
  );
}
