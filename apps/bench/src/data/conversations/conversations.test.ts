import { groupsOf } from "../../quality/ir-set.ts";
import { conversations } from "./conversations.ts";

describe("conversations", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(conversations(1, 3)).toEqual(conversations(1, 3));
    expect(conversations(2, 3).corpus).not.toEqual(conversations(1, 3).corpus);
  });

  it("answers every question by one turn of the same conversation", () => {
    const set = conversations(1, 5);
    const groupOf = new Map(set.corpus.map(({ id, group }) => [id, group]));
    expect(set.queries.length).toBeGreaterThan(100);
    for (const { id, group } of set.queries)
      expect(Object.keys(set.qrels[id] ?? {}).map((turn) => groupOf.get(turn))).toEqual([group]);
  });

  it("keeps the turns of a session together", () => {
    for (const { corpus } of groupsOf(conversations(1, 5))) {
      const changes = corpus.filter(({ session }, i) => session !== corpus[i - 1]?.session);
      expect(changes).toHaveLength(6);
    }
  });

  it("leaves no word of the topic in an elliptic answer, and its name in a full one", () => {
    const set = conversations(3, 10);
    const textOf = new Map(set.corpus.map(({ id, text }) => [id, text.toLowerCase()]));
    const answers = (kind: string) =>
      set.queries
        .filter((query) => query.kind === kind)
        .map(({ id, text }) => ({ text, answer: textOf.get(Object.keys(set.qrels[id] ?? {})[0] as string) as string }));
    for (const { answer } of answers("elliptic")) expect(answer).not.toMatch(/lisbon|puppy|guitar|kitchen|wedding/);
    for (const { text, answer } of answers("full").filter((each) => each.text.includes("kitchen")))
      expect({ text, answer: answer.includes("the kitchen renovation") }).toEqual({ text, answer: true });
  });
});
