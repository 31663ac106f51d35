import { memoryStorage, type Sotto } from "@sotto/core";
import {
  convertToModelMessages,
  isStepCount,
  readUIMessageStream,
  streamText,
  tool,
  toUIMessageStream,
  type UIMessage,
  type UIMessageChunk,
} from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { z } from "zod";
import { finish, hanging, streamed, textParts, toolCall } from "../fixtures/model-answers.ts";
import { eventually, recorded, scope, shopMemory, turnsOf } from "../fixtures/shop-memory.ts";
import { chatMemory } from "./chat-memory.ts";

let sotto: Sotto;
const storage = { current: memoryStorage() };

beforeEach(async () => {
  storage.current = memoryStorage();
  sotto = await shopMemory({ storage: storage.current });
});
afterEach(() => sotto.close());

const chat = () => chatMemory(sotto, { scope });
const user = (id: string, text: string): UIMessage => ({ id, role: "user", parts: [{ type: "text", text }] });
const assistant = (id: string, text: string): UIMessage => ({ id, role: "assistant", parts: [{ type: "text", text }] });

const rich: UIMessage = {
  id: "a1",
  role: "assistant",
  metadata: { model: "offline" },
  parts: [
    { type: "step-start" },
    { type: "reasoning", text: "Where is the passage?", state: "done" },
    { type: "source-document", sourceId: "help:returns", mediaType: "text/plain", title: "Returns" },
    { type: "text", text: "Within 30 days.", state: "done" },
  ],
};

async function read(stream: ReadableStream<UIMessageChunk>): Promise<UIMessage | undefined> {
  let last: UIMessage | undefined;
  for await (const message of readUIMessageStream({ stream })) last = message;
  return last;
}

describe("chatMemory", () => {
  it("gives back messages as they were, with all their parts, to another process too", async () => {
    const messages = [user("u1", "How long can I return it?"), rich];
    await chat().save(messages);
    expect(await chat().load()).toEqual(messages);
    await sotto.close();
    sotto = await shopMemory({ storage: storage.current });
    expect(await chat().load()).toEqual(messages);
  });

  it("is empty for a chat that has not begun", async () => {
    expect(await chat().load()).toEqual([]);
  });

  it("stores each message once, however often it is saved", async () => {
    const messages = [user("u1", "How long can I return it?"), rich];
    await chat().save(messages);
    await chat().save([...messages, user("u2", "And the cable?")]);
    await chat().save([user("u2", "And the cable?"), assistant("a2", "That too.")]);
    expect(await recorded(sotto)).toEqual([
      "user: How long can I return it?",
      "assistant: Within 30 days.",
      "user: And the cable?",
      "assistant: That too.",
    ]);
    expect((await chat().load()).map(({ id }) => id)).toEqual(["u1", "a1", "u2", "a2"]);
  });

  it("goes on from the end of the chat when only its end is saved", async () => {
    await chat().save([user("u1", "One."), assistant("a1", "First.")]);
    await chat().save([user("u2", "Two."), assistant("a2", "Second.")]);
    expect((await chat().load()).map(({ id }) => id)).toEqual(["u1", "a1", "u2", "a2"]);
  });

  it("shows an answer that was generated again in place of the first", async () => {
    await chat().save([user("u1", "One."), assistant("a1", "First.")]);
    await chat().save([user("u1", "One."), assistant("a2", "Better.")]);
    await chat().save([user("u1", "One."), assistant("a2", "Better."), user("u2", "Two.")]);
    expect((await chat().load()).map(({ id }) => id)).toEqual(["u1", "a2", "u2"]);
  });

  it("shows an edited question in place of the first, with what follows it", async () => {
    await chat().save([user("u1", "One."), assistant("a1", "First."), user("u2", "Two."), assistant("a2", "Second.")]);
    await chat().save([user("u1", "One."), assistant("a1", "First."), user("u2", "Three."), assistant("a3", "Third.")]);
    expect((await chat().load()).map(({ parts: [part] }) => (part?.type === "text" ? part.text : ""))).toEqual([
      "One.",
      "First.",
      "Three.",
      "Third.",
    ]);
  });

  it("keeps what stood before and after an exchange that was forgotten", async () => {
    const said = ["One.", "Two.", "Three."].flatMap((text, i) => [
      user(`u${i}`, text),
      assistant(`a${i}`, `On ${text}`),
    ]);
    await chat().save(said);
    const session = await sotto.session({ id: scope.session as string, user: scope.user });
    const forgotten = (await session.turns()).filter(({ text }) => text.includes("Two.")).map(({ id }) => id);
    expect(await session.deleteDocs(forgotten)).toMatchObject({ deleted: 2 });
    await session.close({ end: false });
    expect((await chat().load()).map(({ id }) => id)).toEqual(["u0", "a0", "u2", "a2"]);
  });

  it("is found by memory, in this chat and, once it ended, in the next", async () => {
    await chat().save([user("u1", "My dog Rex eats only salmon."), assistant("a1", "Noted."), user("u2", "Bye.")]);
    const { working } = await sotto.searchMemory("What does Rex eat?", { ...scope, timeoutMs: 10_000 });
    expect(working.map(({ text }) => text)).toContainEqual(expect.stringContaining("only salmon"));
    await sotto.endSession(scope);
    const next = await sotto.searchMemory("What does Rex eat?", { ...scope, session: "chat-2", timeoutMs: 10_000 });
    expect(next.permanent.map(({ text }) => text)).toContainEqual(expect.stringContaining("only salmon"));
  });

  it("goes on with a session that was spoken", async () => {
    await sotto.saveResponse({ ...scope, userText: "Hello by phone.", assistantText: "Hello." });
    const spoken = await chat().load();
    expect(spoken).toMatchObject([
      { role: "user", parts: [{ type: "text", text: "Hello by phone." }] },
      { role: "assistant", parts: [{ type: "text", text: "Hello." }] },
    ]);
    await chat().save([...spoken, user("u1", "And now in writing.")]);
    expect((await chat().load()).map(({ id }) => id)).toEqual([...spoken.map(({ id }) => id), "u1"]);
    expect(await recorded(sotto)).toHaveLength(3);
  });

  it("keeps messages without words by what they hold, and a large file by its name", async () => {
    const file = { type: "file", mediaType: "application/pdf", filename: "plan.pdf" } as const;
    await chat().save([
      { id: "u1", role: "user", parts: [{ ...file, url: "https://example.com/plan.pdf" }] },
      {
        id: "u2",
        role: "user",
        parts: [
          { type: "text", text: "This one." },
          { ...file, url: `data:application/pdf;base64,${"A".repeat(300_000)}` },
        ],
      },
    ]);
    expect(await recorded(sotto)).toEqual(["user: (file: plan.pdf)", "user: This one."]);
    expect((await chat().load())[1]?.parts).toEqual([
      { type: "text", text: "This one." },
      { type: "text", text: "(file: plan.pdf)" },
    ]);
  });

  it("says which messages could not be stored", async () => {
    const full: Sotto = { ...sotto, recordTurn: async () => null };
    await expect(chatMemory(full, { scope }).save([user("u1", "One.")])).rejects.toMatchObject({
      code: "ai_sdk.chat_not_saved",
      messageIds: ["u1"],
    });
  });

  it("needs a session, and its own user", async () => {
    // @ts-expect-error A chat has a session.
    expect(() => chatMemory(sotto, { scope: { user: "ana" } })).toThrow("scope.session is not valid");
    await chat().save([user("u1", "One.")]);
    await expect(chatMemory(sotto, { scope: { ...scope, user: "ben" } }).load()).rejects.toThrow();
  });
});

describe("chatMemory, resume", () => {
  const stored = [user("u1", "One."), assistant("a1", "First."), user("u2", "Two."), assistant("a2", "Second.")];
  const ids = async (request: Parameters<ReturnType<typeof chat>["resume"]>[0]) =>
    (await chat().resume(request)).map(({ id }) => id);

  beforeEach(() => chat().save(stored));

  it("puts a new message behind what is stored", async () => {
    expect(await ids({ message: user("u3", "Three.") })).toEqual(["u1", "a1", "u2", "a2", "u3"]);
  });

  it("drops the answer that is to be generated again, and what follows it", async () => {
    expect(await ids({ trigger: "regenerate-message", messageId: "a1" })).toEqual(["u1"]);
    expect(await ids({ trigger: "regenerate-message", messageId: "u2" })).toEqual(["u1", "a1", "u2"]);
  });

  it("replaces a question that was edited, and drops what follows it", async () => {
    expect(await ids({ message: user("u2", "Three."), trigger: "submit-message", messageId: "u2" })).toEqual([
      "u1",
      "a1",
      "u2",
    ]);
  });

  it("takes an answer back that the user completed, such as by an approval", async () => {
    expect(await ids({ message: assistant("a2", "Second, approved.") })).toEqual(["u1", "a1", "u2", "a2"]);
  });
});

describe("chatMemory, streaming", () => {
  async function turn(model: MockLanguageModelV4, message: UIMessage, signal?: AbortSignal) {
    const memory = chat();
    const messages = await memory.resume({ message });
    await memory.save(messages);
    const look = tool({ inputSchema: z.object({}), execute: async () => "on the shelf" });
    const { stream } = streamText({
      model,
      tools: { look },
      stopWhen: isStepCount(3),
      messages: await convertToModelMessages(messages),
      ...(signal === undefined ? {} : { abortSignal: signal }),
    });
    return toUIMessageStream({ stream, sendSources: true, ...memory.streamOptions(messages) });
  }

  it("stores the answer that the client saw, under the same id, tools included", async () => {
    const mock = new MockLanguageModelV4({
      doStream: [
        streamed(toolCall("look", {}), finish("tool-calls")),
        streamed(...textParts("On the shelf."), finish()),
        streamed(...textParts("You are welcome."), finish()),
      ],
    });
    const seen = await read(await turn(mock, user("u1", "Where is it?")));
    const [, kept] = await chat().load();
    expect(kept).toEqual(JSON.parse(JSON.stringify(seen)));
    expect(kept?.parts).toContainEqual(expect.objectContaining({ type: "tool-look", output: "on the shelf" }));
    await read(await turn(mock, user("u2", "Thank you for looking.")));
    expect(mock.doStreamCalls[2]?.prompt.map(({ role }) => role)).toEqual([
      "user",
      "assistant",
      "tool",
      "assistant",
      "user",
    ]);
    expect((await chat().load()).map(({ role }) => role)).toEqual(["user", "assistant", "user", "assistant"]);
  });

  it("stores what was sent of an answer that the user stopped", async () => {
    const mock = new MockLanguageModelV4({ doStream: hanging(...textParts("It is on").slice(0, -1)) });
    const caller = new AbortController();
    const stream = await turn(mock, user("u1", "Where is it?"), caller.signal);
    for await (const message of readUIMessageStream({ stream })) {
      if (message.parts.some((part) => part.type === "text" && part.text === "It is on")) caller.abort();
    }
    await eventually(async () => (await turnsOf(sotto)).length === 2);
    expect(await recorded(sotto)).toEqual(["user: Where is it?", "assistant: It is on [interrupted]"]);
  });

  it("does not break an answer that cannot be stored", async () => {
    const warnings: unknown[] = [];
    const full: Sotto = { ...sotto, recordTurn: async () => null };
    const memory = chatMemory(full, { scope, logger: { warn: (message) => warnings.push(message) } });
    const mock = new MockLanguageModelV4({ doStream: streamed(...textParts("Here."), finish()) });
    const messages = [user("u1", "Where is it?")];
    const { stream } = streamText({ model: mock, messages: await convertToModelMessages(messages) });
    const seen = await read(toUIMessageStream({ stream, ...memory.streamOptions(messages) }));
    expect(seen?.parts).toContainEqual(expect.objectContaining({ type: "text", text: "Here." }));
    expect(warnings).toHaveLength(1);
  });
});
