import { type ConversationMessage, conversationOf } from "./conversation.ts";

const say = (role: string, text: string): ConversationMessage => ({ role, content: [{ type: "text", text } as never] });
const call: ConversationMessage = { role: "assistant", content: [{ type: "tool-call" }] };
const result: ConversationMessage = { role: "tool", content: [{ type: "tool-result" }] };
const id = async (...messages: ConversationMessage[]) => (await conversationOf(messages))?.turnId;

describe("conversationOf", () => {
  it("knows what was asked, what went before, and how far the turn is", async () => {
    const messages = [say("user", "One."), call, result, say("assistant", "First."), say("user", "Two."), call, result];
    expect(await conversationOf(messages)).toMatchObject({ userText: "Two.", turnsBefore: 2, steps: 1 });
  });

  it("counts an answer of several steps as one turn, and one without a word as none", async () => {
    const steps = [say("assistant", "Let me look."), call, result, say("assistant", "Here.")];
    expect(await conversationOf([say("user", "One."), ...steps, say("user", "Two.")])).toMatchObject({
      turnsBefore: 2,
    });
    expect(await conversationOf([say("user", "One."), call, result, say("user", "Two.")])).toMatchObject({
      turnsBefore: 1,
    });
  });

  it("is the same turn at every step, and with other instructions", async () => {
    const asked = await id(say("user", "One."));
    expect(await id(say("user", "One."), call, result)).toBe(asked);
    expect(await id({ role: "system", content: "Be brief." }, say("user", "One."))).toBe(asked);
    expect(await id({ role: "user", content: "One." })).toBe(asked);
  });

  it("is another turn for other words, also when the last ones are the same", async () => {
    const asked = await id(say("user", "One."));
    expect(await id(say("user", "Two."))).not.toBe(asked);
    expect(await id(say("user", "One."), say("assistant", "First."), say("user", "One."))).not.toBe(asked);
  });

  it("is the same turn whether a file comes as a link or as its bytes", async () => {
    const file = (data: unknown): ConversationMessage => ({
      role: "user",
      content: [{ type: "file", mediaType: "image/png", filename: "a.png", data } as never],
    });
    expect(await id(file("https://example.com/a.png"))).toBe(await id(file(new Uint8Array(8))));
  });

  it("is nothing without a user", async () => {
    expect(await conversationOf([{ role: "system", content: "Be brief." }])).toBeUndefined();
  });
});
