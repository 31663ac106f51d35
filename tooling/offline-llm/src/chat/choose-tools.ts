import type { ChatRequest, Tool } from "./chat-request.ts";

const SEARCHES = /search|memory|knowledge|retriev/i;
const WRITES = /remember|forget|save|store|delete|remove|add|create|write|update/i;
const REMEMBERS = /remember|(save|store|add|create|write).*(memor|fact|note)/i;

/** The tools called since the newest user message, by name. */
export function calledSinceUser({ messages }: ChatRequest): Set<string> {
  const newest = messages.findLastIndex((message) => message.role === "user");
  return new Set(messages.slice(newest + 1).flatMap((message) => message.toolCalls.map((call) => call.name)));
}

/** The tools that look something up, in the order offered. */
export function searchTools(tools: readonly Tool[]): Tool[] {
  return tools.filter((tool) => SEARCHES.test(tool.name) && !WRITES.test(tool.name));
}

/** The tool that keeps a statement, if one is offered. */
export function rememberTool(tools: readonly Tool[]): Tool | undefined {
  return tools.find((tool) => REMEMBERS.test(tool.name));
}
