import OpenAI from "openai";
import { ACKNOWLEDGEMENT, ApiError, GREETING, NOTHING_FOUND, type OfflineLlm, startOfflineLlm } from "../index.ts";

type Messages = OpenAI.Chat.ChatCompletionMessageParam[];

const MODEL = "offline-chat";
const search: OpenAI.Chat.ChatCompletionTool = {
  type: "function",
  function: {
    name: "search_knowledge_base",
    parameters: {
      type: "object",
      properties: {
        query: { type: "string" },
        scope: { type: "string", enum: ["all", "faq"] },
        topK: { type: "integer", minimum: 3 },
      },
      required: ["query", "scope", "topK"],
      additionalProperties: false,
    },
  },
};
const remember: OpenAI.Chat.ChatCompletionTool = {
  type: "function",
  function: {
    name: "remember",
    parameters: { type: "object", properties: { fact: { type: "string" } }, required: ["fact"] },
  },
};

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

describe("chat completions", () => {
  it("answers from a memory block in a system message, verbatim", async () => {
    const { message, finish_reason } = await ask([
      {
        role: "system",
        content:
          "You are Ann, a helpful assistant.\n\n## permanent\n- 2026-01-02, user: My dog Rex eats only fish.\n- 2026-01-03, user: I paid invoice 77 in March.",
      },
      { role: "user", content: "What does my dog eat?" },
    ]);
    expect(message.content).toBe("2026-01-02, user: My dog Rex eats only fish.");
    expect(finish_reason).toBe("stop");
  });

  it("answers from what was recalled before the question in the user's own message", async () => {
    const block =
      "For information only.\n<recalled-1a>\n## org\n- [help] The gate closes at noon sharp.\n</recalled-1a>";
    const { message } = await ask([{ role: "user", content: `${block}\n\nWhen does the gate close?` }]);
    expect(message.content).toContain("The gate closes at noon sharp.");
  });

  it("says so when nothing in its context overlaps with the question", async () => {
    const { message } = await ask([
      { role: "system", content: "The office is in Oslo." },
      { role: "user", content: "How much is the premium subscription?" },
    ]);
    expect(message.content).toBe(NOTHING_FOUND);
  });

  it("greets when no user has spoken", async () => {
    expect((await ask([{ role: "system", content: "Greet the caller." }])).message.content).toBe(GREETING);
  });

  it("does not quote an earlier question as the answer", async () => {
    const { message } = await ask([
      { role: "developer", content: "user: When does the shop open?\nuser: the shop opens at nine." },
      { role: "user", content: [{ type: "text", text: "When does the shop open" }] },
    ]);
    expect(message.content).toBe("user: the shop opens at nine.");
  });

  it("acknowledges what it is told to remember", async () => {
    expect((await ask([{ role: "user", content: "Hi, my name is Ana." }])).message.content).toBe(ACKNOWLEDGEMENT);
  });

  it("counts tokens, and cuts at max_completion_tokens and at stop", async () => {
    const messages: Messages = [
      { role: "system", content: "The warranty lasts five full years." },
      { role: "user", content: "How long does the warranty last?" },
    ];
    const completion = await client.chat.completions.create({ model: MODEL, messages, max_completion_tokens: 2, n: 2 });
    expect(completion.choices.map((choice) => [choice.index, choice.message.content, choice.finish_reason])).toEqual([
      [0, "The warranty", "length"],
      [1, "The warranty", "length"],
    ]);
    expect(completion.usage).toMatchObject({ completion_tokens: 4 });
    expect((await ask(messages, { stop: [" five"] })).message.content).toBe("The warranty lasts");
  });
});

describe("tools", () => {
  it("searches with the question, then answers from the result", async () => {
    const messages: Messages = [{ role: "user", content: "When are you open on Saturday?" }];
    const first = await ask(messages, { tools: [remember, search] });
    expect(first.finish_reason).toBe("tool_calls");
    expect(first.message.content).toBeNull();
    const [call, ...others] = first.message.tool_calls ?? [];
    if (call?.type !== "function") throw new Error("no function call");
    expect(others).toEqual([]);
    expect(call.function.name).toBe("search_knowledge_base");
    expect(JSON.parse(call.function.arguments)).toEqual({
      query: "When are you open on Saturday?",
      scope: "all",
      topK: 3,
    });

    const result = JSON.stringify({
      hits: [{ id: "a", text: "We ship to Norway. On Saturday we are open from 10 to 14.", score: 0.8 }],
    });
    messages.push(first.message, { role: "tool", tool_call_id: call.id, content: JSON.stringify(result) });
    const second = await ask(messages, { tools: [remember, search] });
    expect(second.message.content).toBe("On Saturday we are open from 10 to 14.");
    expect(second.message.tool_calls).toBeUndefined();
  });

  it("streams the call in pieces that the client puts together", async () => {
    const runner = client.chat.completions.stream({
      model: MODEL,
      messages: [{ role: "user", content: "Where is order 4711?" }],
      tools: [search],
      stream_options: { include_usage: true },
    });
    const message = await runner.finalMessage();
    const [call] = message.tool_calls ?? [];
    expect(call?.type === "function" && JSON.parse(call.function.arguments).query).toBe("Where is order 4711?");
    expect((await runner.totalUsage()).completion_tokens).toBeGreaterThan(0);
  });

  it("remembers through the tool, and only acknowledges once it has", async () => {
    const messages: Messages = [{ role: "user", content: "Please remember that I am allergic to nuts." }];
    const first = await ask(messages, { tools: [search, remember] });
    const [call] = first.message.tool_calls ?? [];
    if (call?.type !== "function") throw new Error("no function call");
    expect(call.function).toEqual({
      name: "remember",
      arguments: '{"fact":"Please remember that I am allergic to nuts."}',
    });
    messages.push(first.message, { role: "tool", tool_call_id: call.id, content: "ok" });
    expect((await ask(messages, { tools: [search, remember] })).message.content).toBe(ACKNOWLEDGEMENT);
  });

  it("obeys tool_choice", async () => {
    const messages: Messages = [{ role: "user", content: "Hello!" }];
    const names = async (tool_choice: OpenAI.Chat.ChatCompletionToolChoiceOption) =>
      (await ask(messages, { tools: [remember, search], tool_choice })).message.tool_calls?.map(
        (call) => call.type === "function" && call.function.name,
      );
    expect(await names("auto")).toBeUndefined();
    expect(await names("none")).toBeUndefined();
    expect(await names("required")).toEqual(["remember"]);
    expect(await names({ type: "function", function: { name: "search_knowledge_base" } })).toEqual([
      "search_knowledge_base",
    ]);
  });

  it("calls every search tool at once, or one after the other without parallel_tool_calls", async () => {
    const other: OpenAI.Chat.ChatCompletionTool = {
      type: "function",
      function: { name: "search_conversation", parameters: {} },
    };
    const messages: Messages = [{ role: "user", content: "Which colour did we agree on?" }];
    expect((await ask(messages, { tools: [search, other] })).message.tool_calls).toHaveLength(2);
    const first = await ask(messages, { tools: [search, other], parallel_tool_calls: false });
    const [call] = first.message.tool_calls ?? [];
    expect(first.message.tool_calls).toHaveLength(1);
    messages.push(first.message, { role: "tool", tool_call_id: call?.id ?? "", content: "[]" });
    const second = await ask(messages, { tools: [search, other], parallel_tool_calls: false });
    expect(second.message.tool_calls).toMatchObject([{ function: { name: "search_conversation" } }]);
  });
});

describe("streaming", () => {
  const messages: Messages = [
    { role: "system", content: "The gate closes at noon sharp." },
    { role: "user", content: "When does the gate close?" },
  ];

  it("sends a role, the words one by one, a finish reason and the usage", async () => {
    const stream = await client.chat.completions.create({
      model: MODEL,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.Chat.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks[0]?.choices[0]?.delta.role).toBe("assistant");
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("|")).toBe(
      "|The| gate| closes| at| noon| sharp.||",
    );
    expect(chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter(Boolean)).toEqual(["stop"]);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 6 } });
  });

  it("ends with [DONE]", async () => {
    const response = await fetch(`${server.baseURL}/chat/completions`, {
      method: "POST",
      body: JSON.stringify({ model: MODEL, messages, stream: true }),
    });
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(await response.text()).toMatch(/\n\ndata: \[DONE\]\n\n$/);
  });

  it("stops when the client leaves", async () => {
    const slow = await startOfflineLlm({ tokenDelayMs: 60_000 });
    try {
      const slowClient = new OpenAI({ baseURL: slow.baseURL, apiKey: "any" });
      const stream = await slowClient.chat.completions.create({ model: MODEL, messages, stream: true });
      for await (const _ of stream) break;
      await eventually(() => slow.requests[0]?.aborted === true);
      expect(slow.requests[0]?.eventsSent).toBe(1);
    } finally {
      await slow.close();
    }
  });
});

describe("scripted replies", () => {
  it("says what the test wants, and goes back to its own reply", async () => {
    server.respondWith((request) =>
      request.messages.length === 1
        ? { toolCalls: [{ name: "search_knowledge_base", arguments: { query: "x" } }] }
        : "Done.",
    );
    expect((await ask([{ role: "user", content: "Go" }])).message.tool_calls).toMatchObject([
      { function: { arguments: '{"query":"x"}' } },
    ]);
    expect(
      (
        await ask([
          { role: "system", content: "a" },
          { role: "user", content: "b" },
        ])
      ).message.content,
    ).toBe("Done.");
    server.respondWith(undefined);
    expect((await ask([{ role: "user", content: "Hello" }])).message.content).toBe(GREETING);
  });

  it("plays a failing model and a hanging one", async () => {
    server.respondWith(() => {
      throw new ApiError(429, "Rate limit reached", { type: "requests", code: "rate_limit_exceeded" });
    });
    await expect(ask([{ role: "user", content: "Hello" }])).rejects.toMatchObject({
      status: 429,
      code: "rate_limit_exceeded",
    });
    let asked = () => {};
    const wasAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    server.respondWith(() => {
      asked();
      return new Promise(() => {});
    });
    const controller = new AbortController();
    const hanging = client.chat.completions.create(
      { model: MODEL, messages: [{ role: "user", content: "Hello" }] },
      { signal: controller.signal },
    );
    await wasAsked;
    controller.abort();
    await expect(hanging).rejects.toThrow("Request was aborted.");
    await eventually(() => server.requests.at(-1)?.aborted === true);
  });
});

describe("errors, in OpenAI's shape", () => {
  const post = async (body: string) => {
    const response = await fetch(`${server.baseURL}/chat/completions`, { method: "POST", body });
    return { status: response.status, body: await response.json() };
  };

  it("refuses a body that is not JSON", async () => {
    expect(await post("{")).toEqual({
      status: 400,
      body: {
        error: {
          message: expect.stringContaining("could not parse the JSON body"),
          type: "invalid_request_error",
          param: null,
          code: null,
        },
      },
    });
  });

  it.each([
    [{ model: MODEL }, "messages"],
    [{ model: MODEL, messages: [] }, "messages"],
    [{ messages: [{ role: "user", content: "a" }] }, "model"],
    [{ model: MODEL, messages: [{ role: "caller", content: "a" }] }, "messages[0].role"],
    [{ model: MODEL, messages: [{ role: "user", content: "a" }], n: 0 }, "n"],
    [{ model: MODEL, messages: [{ role: "user", content: "a" }], tool_choice: "required" }, "tool_choice"],
    [{ model: MODEL, messages: [{ role: "tool", tool_call_id: "x", content: "a" }] }, "messages[0].role"],
    [
      {
        model: MODEL,
        messages: [
          { role: "assistant", tool_calls: [{ id: "x", function: { name: "f", arguments: "{}" } }] },
          { role: "user", content: "a" },
        ],
      },
      "messages[1].role",
    ],
  ])("refuses %j, naming %s", async (body, param) => {
    expect(await post(JSON.stringify(body))).toMatchObject({
      status: 400,
      body: { error: { type: "invalid_request_error", param } },
    });
  });

  it("names an unknown route", async () => {
    await expect(client.get("/nowhere")).rejects.toMatchObject({ status: 404, code: "unknown_url" });
  });

  it("asks for the key when it was given one", async () => {
    const guarded = await startOfflineLlm({ apiKey: "k" });
    try {
      await expect(new OpenAI({ baseURL: guarded.baseURL, apiKey: "wrong" }).models.list()).rejects.toMatchObject({
        status: 401,
        code: "invalid_api_key",
      });
      expect((await new OpenAI({ baseURL: guarded.baseURL, apiKey: "k" }).models.list()).data[0]?.id).toBe(
        "offline-chat",
      );
    } finally {
      await guarded.close();
    }
  });
});

/** Resolves once `condition` holds; gives up after many looks, so that a failure is a failure and not a hang. */
async function eventually(condition: () => boolean): Promise<void> {
  for (let looks = 0; !condition(); looks++) {
    if (looks === 400) throw new Error("the condition never held");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
