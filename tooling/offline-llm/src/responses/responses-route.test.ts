import OpenAI from "openai";
import { type OfflineLlm, startOfflineLlm } from "../index.ts";

let server: OfflineLlm;
let client: OpenAI;

beforeAll(async () => {
  server = await startOfflineLlm();
  client = new OpenAI({ baseURL: server.baseURL, apiKey: "any", maxRetries: 0 });
});
afterAll(() => server.close());

const tools: OpenAI.Responses.Tool[] = [
  {
    type: "function",
    name: "search_memory",
    strict: true,
    parameters: { type: "object", properties: { query: { type: "string" } }, required: ["query"] },
  },
];

it("answers from the instructions", async () => {
  const response = await client.responses.create({
    model: "m",
    instructions: "The lift is broken.",
    input: "Is the lift broken?",
  });
  expect(response.output_text).toBe("The lift is broken.");
  expect(response.status).toBe("completed");
});

it("calls a tool and answers from its result, the call sent back by reference", async () => {
  const first = await client.responses.create({ model: "m", input: "Where did I park?", tools });
  const [call] = first.output;
  if (call?.type !== "function_call") throw new Error("no function call");
  expect(JSON.parse(call.arguments)).toEqual({ query: "Where did I park?" });
  const second = await client.responses.create({
    model: "m",
    tools,
    input: [
      { role: "user", content: "Where did I park?" },
      { type: "item_reference", id: call.id ?? "" },
      { type: "function_call_output", call_id: call.call_id, output: "You parked on level 3." },
    ],
  });
  expect(second.output_text).toBe("You parked on level 3.");
});

it("streams text that the client puts together", async () => {
  const stream = client.responses.stream({
    model: "m",
    instructions: "Tea costs two euros.",
    input: "How much is tea, what are the costs?",
  });
  const deltas: string[] = [];
  stream.on("response.output_text.delta", ({ delta }) => deltas.push(delta));
  const response = await stream.finalResponse();
  expect(deltas).toEqual(["Tea", " costs", " two", " euros."]);
  expect(response.output_text).toBe("Tea costs two euros.");
});

it("fills a schema", async () => {
  const schema = {
    type: "object",
    properties: { city: { type: "string" } },
    required: ["city"],
    additionalProperties: false,
  };
  const response = await client.responses.create({
    model: "m",
    input: "I live in Lima.",
    text: { format: { type: "json_schema", name: "p", schema } },
  });
  expect(JSON.parse(response.output_text)).toEqual({ city: "Lima" });
});

it("refuses what it cannot do", async () => {
  await expect(
    client.responses.create({ model: "m", input: "a", previous_response_id: "resp_1" }),
  ).rejects.toMatchObject({ status: 400, param: "previous_response_id" });
});
