import OpenAI from "openai";
import { type OfflineLlm, startOfflineLlm } from "../index.ts";

type Messages = OpenAI.Chat.ChatCompletionMessageParam[];

const MODEL = "offline-chat";

let server: OfflineLlm;
let client: OpenAI;

beforeEach(async () => {
  server = await startOfflineLlm();
  client = new OpenAI({ baseURL: server.baseURL, apiKey: "any", maxRetries: 0 });
});
afterEach(() => server.close());

async function ask(messages: Messages, more: Partial<OpenAI.Chat.ChatCompletionCreateParamsNonStreaming> = {}) {
  const { choices } = await client.chat.completions.create({ model: MODEL, messages, ...more });
  const [choice] = choices;
  if (choice === undefined) throw new Error("no choice");
  return choice;
}

describe("structured output", () => {
  const transcript: Messages = [
    { role: "system", content: "Extract facts. Example: my name is Bob." },
    {
      role: "user",
      content:
        "[1] user: Hi, my name is Ana. I live in Oslo.\n[2] assistant: I live in a computer.\n[3] user: I moved to Bergen. What time is it?",
    },
  ];

  it("fills an extraction schema with what the user said, with its source", async () => {
    const schema = {
      type: "object",
      properties: {
        facts: { type: "array", items: { $ref: "#/$defs/fact" } },
        profile: {
          type: "object",
          properties: {
            name: { type: ["string", "null"] },
            city: { type: ["string", "null"] },
            job: { type: ["string", "null"] },
          },
          required: ["name", "city", "job"],
        },
      },
      required: ["facts", "profile"],
      $defs: {
        fact: {
          type: "object",
          properties: {
            text: { type: "string" },
            subject: { type: "string" },
            kind: { enum: ["fact", "wish"] },
            turn: { type: "integer" },
          },
          required: ["text", "subject", "kind", "turn"],
        },
      },
    };
    const { message } = await ask(transcript, {
      response_format: { type: "json_schema", json_schema: { name: "memory", schema, strict: true } },
    });
    expect(JSON.parse(message.content ?? "")).toEqual({
      facts: [
        { text: "Hi, my name is Ana.", subject: "user", kind: "fact", turn: 1 },
        { text: "I live in Oslo.", subject: "user", kind: "fact", turn: 1 },
        { text: "I moved to Bergen.", subject: "user", kind: "fact", turn: 3 },
      ],
      profile: { name: "Ana", city: "Bergen", job: null },
    });
  });

  it("makes JSON without a schema too", async () => {
    const { message } = await ask(transcript, { response_format: { type: "json_object" } });
    expect(JSON.parse(message.content ?? "")).toMatchObject({ profile: { name: "Ana", city: "Bergen" } });
  });
});
