import { testMemory } from "../../test/memory/test-memory.ts";
import { redactSecrets } from "./redact.ts";

describe("what should not be kept", () => {
  const redact = redactSecrets();
  it.each([
    ["My card is 4111 1111 1111 1111, it expires in May.", "My card is [card], it expires in May."],
    ["4111-1111-1111-1111", "[card]"],
    ["378282246310005", "[card]"],
    ["Send it to DE89 3704 0044 0532 0130 00 please", "Send it to [iban] please"],
    ["GB82WEST12345698765432.", "[iban]."],
    ["the key is sk-proj-abcdefghijklmnopqrstuvwx", "the key is [key]"],
    [`token ghp_${"a".repeat(36)}!`, "token [key]!"],
    ["AKIAIOSFODNN7EXAMPLE", "[key]"],
  ])("%s", (text, expected) => expect(redact(text)).toBe(expected));

  it.each([
    "Order 4111111111111112",
    "Call 0176 1234 5678",
    "1111 1111 1111 1111",
    "DE00 3704 0044 0532 0130 00",
    "sk-short",
  ])("stays where it is none: %s", (text) => expect(redact(text)).toBe(text));

  it("goes before anything is stored, searched for or shown", async () => {
    const { memory, storage } = testMemory({ redact });
    const scope = { user: "ann", session: "call" };
    await memory.recordTurn({ ...scope, role: "user", text: "My card is 4111 1111 1111 1111." });
    await memory.saveResponse({
      ...scope,
      userText: "And 378282246310005.",
      assistantText: "Thank you, 378282246310005.",
    });
    await memory.remember("ann", "Card 4111111111111111.");
    await memory.updateProfile("ann", { data: { card: "4111111111111111" } });
    await memory.endSession(scope);
    const recall = await memory.searchMemory("4111 1111 1111 1111", scope);
    const lines: string[] = [];
    for await (const line of memory.export({ user: "ann" })) lines.push(line);
    expect(JSON.stringify([recall, lines])).not.toMatch(/4111|3782/u);
    expect(lines.join("\n")).toContain("[card]");
    await memory.close();
    await storage.close();
  });

  it("takes time in proportion to the text", () => {
    for (const text of ["1 ".repeat(50_000), "A1".repeat(50_000), "-----BEGIN PRIVATE KEY-----".repeat(3_000)])
      expect(redact(text).length).toBeGreaterThan(0);
  });
});
