import type { JsonObject } from "../http/json.ts";
import type { ServerSentEvent } from "../http/send-events.ts";

/** The events of a streamed response, in order. `tokens` are the pieces of its text. */
export function* responseEvents(
  response: JsonObject & { output: JsonObject[]; status: string },
  tokens: readonly string[],
): Generator<ServerSentEvent> {
  let sequence = 0;
  const event = (type: string, fields: object): ServerSentEvent => ({
    event: type,
    data: JSON.stringify({ type, sequence_number: sequence++, ...fields }),
  });
  const started = { ...response, status: "in_progress", output: [], usage: null };
  yield event("response.created", { response: started });
  yield event("response.in_progress", { response: started });
  for (const [output_index, item] of response.output.entries()) {
    const at = { item_id: item.id, output_index };
    if (item.type === "function_call") {
      yield event("response.output_item.added", {
        output_index,
        item: { ...item, status: "in_progress", arguments: "" },
      });
      yield event("response.function_call_arguments.delta", { ...at, delta: item.arguments });
      yield event("response.function_call_arguments.done", { ...at, name: item.name, arguments: item.arguments });
    } else {
      const text = tokens.join("");
      const part = { type: "output_text", text: "", annotations: [], logprobs: [] };
      yield event("response.output_item.added", {
        output_index,
        item: { ...item, status: "in_progress", content: [] },
      });
      yield event("response.content_part.added", { ...at, content_index: 0, part });
      for (const delta of tokens)
        yield event("response.output_text.delta", { ...at, content_index: 0, delta, logprobs: [] });
      yield event("response.output_text.done", { ...at, content_index: 0, text, logprobs: [] });
      yield event("response.content_part.done", { ...at, content_index: 0, part: { ...part, text } });
    }
    yield event("response.output_item.done", { output_index, item });
  }
  yield event(response.status === "completed" ? "response.completed" : "response.incomplete", { response });
}
