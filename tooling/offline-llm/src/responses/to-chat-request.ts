import type { ChatRequest } from "../chat/chat-request.ts";
import { parseChatRequest } from "../chat/parse-chat-request.ts";
import { invalidParameter } from "../http/api-error.ts";
import { isObject, type JsonObject } from "../http/json.ts";
import type { ItemStore } from "./item-store.ts";

/** A request of the Responses API as the chat request that says the same. */
export function toChatRequest(body: JsonObject, items: ItemStore): ChatRequest {
  if (body.previous_response_id !== undefined && body.previous_response_id !== null) {
    throw invalidParameter(
      "previous_response_id",
      "'previous_response_id' is not supported here: send the whole input.",
      "unsupported_parameter",
    );
  }
  const { input } = body;
  if (typeof input !== "string" && !Array.isArray(input)) {
    throw invalidParameter("input", "'input' must be a string or an array of items.", "invalid_type");
  }
  const messages: JsonObject[] =
    typeof body.instructions === "string" ? [{ role: "developer", content: body.instructions }] : [];
  const list: unknown[] = typeof input === "string" ? [{ role: "user", content: input }] : input;
  for (const [i, item] of list.entries()) addItem(messages, item, `input[${i}]`, items);
  const format = isObject(body.text) && isObject(body.text.format) ? body.text.format : undefined;
  const tools = Array.isArray(body.tools)
    ? body.tools.filter((tool) => isObject(tool) && tool.type === "function")
    : undefined;
  return parseChatRequest({
    model: body.model,
    messages,
    tools: tools?.map((tool) => ({ type: "function", function: { name: tool.name, parameters: tool.parameters } })),
    tool_choice: tools === undefined || tools.length === 0 ? undefined : body.tool_choice,
    parallel_tool_calls: body.parallel_tool_calls,
    response_format:
      format?.type === "json_schema" ? { type: "json_schema", json_schema: { schema: format.schema } } : format,
    max_completion_tokens: body.max_output_tokens,
    stream: body.stream,
  });
}

function addItem(messages: JsonObject[], given: unknown, path: string, items: ItemStore): void {
  if (!isObject(given)) throw invalidParameter(path, `'${path}' must be an object.`, "invalid_type");
  const item = given.type === "item_reference" ? items.get(String(given.id)) : given;
  if (item === undefined) throw invalidParameter(path, `Item with id '${String(given.id)}' not found.`);
  if (item.type === "function_call") {
    const call = { id: item.call_id, type: "function", function: { name: item.name, arguments: item.arguments } };
    const last = messages.at(-1);
    if (last?.role === "assistant" && Array.isArray(last.tool_calls)) last.tool_calls.push(call);
    else messages.push({ role: "assistant", content: null, tool_calls: [call] });
  } else if (item.type === "function_call_output") {
    messages.push({ role: "tool", tool_call_id: item.call_id, content: item.output });
  } else if (item.type === undefined || item.type === "message") {
    messages.push({ role: item.role, content: item.content });
  }
}
