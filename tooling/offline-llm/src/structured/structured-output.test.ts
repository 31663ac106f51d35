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

  it("fills the lists of a tool that it is told to call, from a transcript of JSON lines", async () => {
    const fact = {
      type: "object",
      properties: {
        text: { type: "string" },
        turns: { type: "array", items: { type: "string" }, minItems: 1 },
        supersedes: { type: "array", items: { type: "string" } },
      },
      required: ["text", "turns"],
    };
    const parameters = {
      type: "object",
      properties: {
        facts: { type: "array", items: fact },
        profile: { type: "object", additionalProperties: { anyOf: [{ type: "string" }, { type: "null" }] } },
        summary: { type: "string" },
      },
      required: ["facts"],
    };
    const said = [
      "Caller: Ann",
      'Profile: {"summary":"I am a plumber."}',
      'Known memories:\nm1: {"since":"2026-01-02T00:00:00.000Z","text":"My dog is called Rex."}',
      'Transcript:\nt1: {"speaker":"assistant","at":"2026-02-03T00:00:00.000Z","text":"I am Larkfield. My name is Lou."}',
      't2: {"speaker":"Ann","at":"2026-02-03T00:00:01.000Z","text":"My dog is called Rex. My cat is called Bertolt."}',
      't3: {"speaker":"Ann","at":"2026-02-03T00:00:02.000Z","text":"What is my plan called?"}',
    ].join("\n\n");
    const { message } = await ask([{ role: "user", content: said }], {
      tools: [
        { type: "function", function: { name: "save_memories", parameters } },
        { type: "function", function: { name: "remember", parameters: {} } },
      ],
      tool_choice: { type: "function", function: { name: "save_memories" } },
    });
    const [call] = message.tool_calls ?? [];
    expect(message.tool_calls).toHaveLength(1);
    expect(call?.type === "function" && JSON.parse(call.function.arguments)).toEqual({
      facts: [{ text: "My cat is called Bertolt.", turns: ["t2"] }],
      profile: { cat: "Bertolt" },
    });
  });

  it("does not take what is listed as known for what is said", async () => {
    const schema = {
      type: "object",
      properties: {
        facts: {
          type: "array",
          items: {
            type: "object",
            properties: {
              text: { type: "string" },
              turns: { type: "array", items: { type: "number" } },
              supersedes: { type: "array", items: { type: "string" } },
            },
            required: ["text", "turns", "supersedes"],
          },
        },
        profile: {
          type: "array",
          items: { type: "object", properties: { key: { type: "string" }, value: { type: ["string", "null"] } } },
        },
      },
      required: ["facts", "profile"],
    };
    const said =
      "# known memories\n[k1] My dog is called Rex.\n\n# conversation\n[1] 2026-02-03 user (Ann): My cat is called Bertolt.\n[2] 2026-02-03 assistant: My name is Lou.";
    const { message } = await ask([{ role: "user", content: said }], {
      response_format: { type: "json_schema", json_schema: { name: "extraction", schema, strict: true } },
    });
    expect(JSON.parse(message.content ?? "")).toEqual({
      facts: [{ text: "My cat is called Bertolt.", turns: [1], supersedes: [] }],
      profile: [{ key: "cat", value: "Bertolt" }],
    });
  });
});
