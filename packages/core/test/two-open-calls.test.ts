import { createSotto, memoryStorage } from "../src/index.ts";

describe("two calls of one user that are both open", () => {
  it("find what is said in each, from either, whichever asked first", async () => {
    const logged: string[] = [];
    const log = (message: string) => logged.push(message);
    const sotto = createSotto({ storage: memoryStorage(), logger: { warn: log, error: log } });
    const user = "maria";
    const said = { "by-phone": "My boat is called Sirocco.", "by-chat": "My parrot is called Bertolt." };
    for (const [session, text] of Object.entries(said)) {
      await sotto.recordTurn({ user, session, role: "user", text });
      await sotto.recordTurn({ user, session, role: "assistant", text: "I have noted it." });
    }
    const asked = [
      ["by-phone", "What is my boat called?", "Sirocco"],
      ["by-chat", "What is my boat called?", "Sirocco"],
      ["by-phone", "What is my parrot called?", "Bertolt"],
      ["by-chat", "What is my parrot called?", "Bertolt"],
    ] as const;
    for (const [session, question, answer] of asked) {
      const { contextText, trace } = await sotto.searchMemory(question, { user, session });
      expect({ question, session, degraded: trace.degraded }).toEqual({ question, session, degraded: false });
      expect(contextText).toContain(answer);
    }
    expect(logged).toEqual([]);
    await sotto.close();
  });
});
