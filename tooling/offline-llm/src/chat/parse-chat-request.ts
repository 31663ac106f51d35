import { invalidParameter } from "../http/api-error.ts";
import { isObject, type JsonObject, optionalInteger, requiredString } from "../http/json.ts";
import type { ChatRequest, ResponseFormat, Tool, ToolChoice } from "./chat-request.ts";
import { parseMessages } from "./parse-messages.ts";

/** Checks the body of `POST /v1/chat/completions`. What this server does not know (temperature, seed, …) is ignored. */
export function parseChatRequest(body: JsonObject): ChatRequest {
  const model = requiredString(body, "model");
  const messages = parseMessages(body.messages);
  const tools = parseTools(body.tools);
  const maxTokens =
    optionalInteger(body, "max_completion_tokens", 1, 1_000_000) ?? optionalInteger(body, "max_tokens", 1, 1_000_000);
  const streamOptions = isObject(body.stream_options) ? body.stream_options : {};
  return {
    model,
    messages,
    tools,
    toolChoice: parseToolChoice(body.tool_choice, tools),
    parallelToolCalls: body.parallel_tool_calls !== false,
    responseFormat: parseResponseFormat(body.response_format),
    stream: body.stream === true,
    includeUsage: streamOptions.include_usage === true,
    n: optionalInteger(body, "n", 1, 128) ?? 1,
    maxTokens,
    stop: parseStop(body.stop),
  };
}

export function parseTools(value: unknown): Tool[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalidParameter("tools", "'tools' must be an array.", "invalid_type");
  return value.map((tool, i) => {
    const fn = isObject(tool) && isObject(tool.function) ? tool.function : undefined;
    if (!isObject(tool) || tool.type !== "function" || typeof fn?.name !== "string" || !/^[\w-]{1,64}$/.test(fn.name)) {
      throw invalidParameter(
        `tools[${i}]`,
        `'tools[${i}]' must be { type: "function", function: { name, … } }, the name 1 to 64 of A-Z a-z 0-9 _ -.`,
      );
    }
    return { name: fn.name, parameters: isObject(fn.parameters) ? fn.parameters : {} };
  });
}

export function parseToolChoice(value: unknown, tools: readonly Tool[]): ToolChoice {
  if (value === undefined || value === null) return "auto";
  if (tools.length === 0)
    throw invalidParameter("tool_choice", "'tool_choice' is only allowed when 'tools' are specified.");
  if (value === "auto" || value === "none" || value === "required") return value;
  const name = isObject(value) ? (isObject(value.function) ? value.function.name : value.name) : undefined;
  if (typeof name !== "string" || !tools.some((tool) => tool.name === name)) {
    throw invalidParameter("tool_choice", `Tool choice ${JSON.stringify(name ?? value)} was not found in 'tools'.`);
  }
  return { name };
}

function parseResponseFormat(value: unknown): ResponseFormat {
  if (value === undefined || value === null) return { type: "text" };
  const type = isObject(value) ? value.type : undefined;
  if (type === "text" || type === "json_object") return { type };
  if (type === "json_schema" && isObject(value)) {
    const { json_schema: named } = value;
    if (isObject(named) && isObject(named.schema)) return { type, schema: named.schema };
    throw invalidParameter(
      "response_format.json_schema.schema",
      "'response_format.json_schema.schema' must be a JSON Schema.",
    );
  }
  throw invalidParameter("response_format.type", "'response_format.type' must be text, json_object or json_schema.");
}

function parseStop(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const stops: unknown[] = Array.isArray(value) ? value : [value];
  const strings = stops.filter((stop) => typeof stop === "string" && stop !== "");
  if (strings.length !== stops.length || stops.length > 4) {
    throw invalidParameter("stop", "'stop' must be a string or an array of at most 4 strings, none of them empty.");
  }
  return strings as string[];
}
