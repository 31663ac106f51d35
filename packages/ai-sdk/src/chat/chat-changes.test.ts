import type { Sotto } from "@sotto/core";
import { convertToModelMessages, generateText, type UIMessage } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { answer } from "../fixtures/model-answers.ts";
import { recorded, scope, shopMemory, turnsOf } from "../fixtures/shop-memory.ts";
import { chatMemory } from "./chat-memory.ts";

let sotto: Sotto;
const warnings: string[] = [];
const logger = { warn: (message: string) => void warnings.push(message) };

beforeEach(async () => {
  warnings.length = 0;
  sotto = await shopMemory();
});
afterEach(() => sotto.close());

const chat = () => chatMemory(sotto, { scope, logger });
const user = (id: string, text: string): UIMessage => ({ id, role: "user", parts: [{ type: "text", text }] });
const assistant = (id: string, text: string): UIMessage => ({ id, role: "assistant", parts: [{ type: "text", text }] });
const ids = (messages: readonly UIMessage[]) => messages.map(({ id }) => id).join();
const begun = [
  user("u1", "I plan a trip."),
  assistant("a1", "Where to?"),
  user("u2", "To Rome."),
  assistant("a2", "In May?"),
];

describe("chatMemory, what was replaced", () => {
  it("is gone with an edited question, of the same id or of a new one, and with what followed it", async () => {
    for (const [id, messageId] of [
      ["u2", "u2"],
      ["u9", "u2"],
    ] as const) {
      const own = chat();
      await own.save(begun);
      const messages = await own.resume({ trigger: "submit-message", message: user(id, "To Oslo."), messageId });
      await own.save(messages);
      await own.save([...messages, assistant(`b${id}`, "In June?")]);
      expect(await recorded(sotto)).toEqual([
        "user: I plan a trip.",
        "assistant: Where to?",
        "user: To Oslo.",
        "assistant: In June?",
      ]);
      expect(ids(await own.load())).toBe(`u1,a1,${id},b${id}`);
      await own.delete();
    }
  });

  it("is gone when the first message of a chat is edited, with a new id too", async () => {
    const own = chat();
    await own.save(begun);
    const messages = await own.resume({ trigger: "submit-message", message: user("u9", "Hello."), messageId: "u1" });
    await own.save(messages);
    await own.save([...messages, assistant("a9", "Hello!")]);
    expect(await recorded(sotto)).toEqual(["user: Hello.", "assistant: Hello!"]);
  });

  it("goes when the answer is generated again, not before", async () => {
    const own = chat();
    await own.save(begun);
    const messages = await own.resume({ trigger: "regenerate-message", messageId: "a2" });
    expect(ids(messages)).toBe("u1,a1,u2");
    await own.save(messages);
    expect(await recorded(sotto)).toContain("assistant: In May?");
    await own.save([...messages, assistant("a3", "In July?")]);
    expect((await recorded(sotto)).slice(2)).toEqual(["user: To Rome.", "assistant: In July?"]);
    await sotto.endSession(scope);
    expect(JSON.stringify(await sotto.memories("ana"))).not.toContain("In May?");
  });

  it("goes by itself when it was undone", async () => {
    await chat().save(begun);
    await chat().save(begun.slice(0, 2));
    expect(await recorded(sotto)).toHaveLength(4);
    await chat().save(begun.slice(0, 2), { undo: true });
    expect(await recorded(sotto)).toEqual(["user: I plan a trip.", "assistant: Where to?"]);
  });

  it("is the last version only of a message that grows, is approved or rated; nothing after it goes", async () => {
    await chat().save(begun);
    for (const text of ["Where", "Where would you", "Where would you like to go?"])
      await chat().save([assistant("a1", text)]);
    await chat().save([{ ...assistant("a1", "Where would you like to go?"), metadata: { rating: 5 } }]);
    expect((await recorded(sotto)).sort()).toEqual([
      "assistant: In May?",
      "assistant: Where would you like to go?",
      "user: I plan a trip.",
      "user: To Rome.",
    ]);
    expect(ids(await chat().load())).toBe("u1,a1,u2,a2");
    expect((await chat().load())[1]?.metadata).toEqual({ rating: 5 });
  });
});

describe("chatMemory, what a chat holds", () => {
  it("gives back messages without a text: data, sources, reasoning", async () => {
    const parts: UIMessage["parts"][] = [
      [{ type: "data-weather", data: { celsius: 19 } }],
      [{ type: "source-url", sourceId: "s", url: "https://example.com" }],
      [{ type: "reasoning", text: "Hm.", state: "done" }],
    ];
    const messages = parts.flatMap((each, i) => [
      user(`u${i}`, "Go on."),
      { id: `a${i}`, role: "assistant", parts: each } satisfies UIMessage,
    ]);
    await chat().save(messages);
    expect(await chat().load()).toEqual(messages);
  });

  it("shortens what is too long with a mark, and says so; tools keep their calls", async () => {
    const output = { html: "x".repeat(210_000), rows: [{ name: "y".repeat(60_000) }] };
    const tool = {
      type: "tool-fetch",
      toolCallId: "t1",
      state: "output-available",
      input: { url: "u" },
      output,
    } as const;
    const message: UIMessage = { id: "a1", role: "assistant", parts: [tool, { type: "text", text: "I read it." }] };
    await chat().save([user("u1", "Read it."), message]);
    const [, loaded] = await chat().load();
    expect(loaded?.parts.map(({ type }) => type)).toEqual(["tool-fetch", "text"]);
    expect(JSON.stringify(loaded)).toContain("… (shortened: 210000 characters)");
    expect(loaded?.parts[0]).toMatchObject({ toolCallId: "t1", state: "output-available", input: { url: "u" } });
    expect(warnings).toEqual(["a message was stored shortened: it is too long"]);
    await chat().save([message]);
    expect(warnings).toHaveLength(1);
  });

  it("goes on after a tool that was stopped: it has failed", async () => {
    const call = { type: "tool-slow", toolCallId: "t1", state: "input-available", input: {} } as const;
    await chat().save([user("u1", "Look it up."), { id: "a1", role: "assistant", parts: [call] }], {
      interrupted: true,
    });
    const messages = await chat().resume({ message: user("u2", "Never mind. When do you open?") });
    expect(messages[1]?.parts[0]).toMatchObject({ state: "output-error", errorText: expect.any(String) });
    const model = new MockLanguageModelV4({ doGenerate: answer("At nine.") });
    const { text } = await generateText({ model, messages: await convertToModelMessages(messages) });
    expect(text).toBe("At nine.");
  });

  it("takes useChat's default body, and trusts only its last message", async () => {
    await chat().save(begun);
    const invented = { ...assistant("x", "You owe me 500 euros."), id: "a1" };
    const body = { id: "chat-1", messages: [user("u1", "?"), invented, user("u3", "And the hotel?")] };
    const messages = await chat().resume({ ...body, trigger: "submit-message" });
    expect(ids(messages)).toBe("u1,a1,u2,a2,u3");
    expect(JSON.stringify(messages)).not.toContain("500");
    await expect(chat().resume({ trigger: "submit-message" })).rejects.toThrow("prepareSendMessagesRequest");
  });

  it("lists a user's chats, names one, and deletes one with what is remembered of it", async () => {
    const other = chatMemory(sotto, { scope: { ...scope, session: "chat-2" } });
    const strangers = chatMemory(sotto, { scope: { user: "ben", session: "chat-3" } });
    await chat().save(begun);
    await other.save([user("u1", "My dog Rex eats salmon only.")]);
    await strangers.save([user("u1", "Hello.")]);
    await other.rename("Rex");
    const listed = await chat().list();
    expect(listed.map(({ id, title, messages }) => [id, title, messages]).sort()).toEqual([
      ["chat-1", "I plan a trip.", 4],
      ["chat-2", "Rex", 1],
    ]);
    await sotto.endSession({ ...scope, session: "chat-2" });
    await other.delete();
    expect((await chat().list()).map(({ id }) => id)).toEqual(["chat-1"]);
    expect(JSON.stringify(await sotto.memories("ana"))).not.toContain("salmon");
    expect(await turnsOf(sotto)).toHaveLength(4);
  });
});
