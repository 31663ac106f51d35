import { factConsolidator, type TurnMemory, turnMemory } from "../../adapter/index.ts";
import type { AdapterSetting, Exchange, TestedAdapter } from "./adapter-fixture.ts";
import { testAdapter } from "./test-adapter.ts";

/** The smallest adapter there can be: a loop of one's own over the kit. */
function plainAdapter({ sotto, ...options }: AdapterSetting): TestedAdapter {
  const memory: TurnMemory = turnMemory(sotto, options);
  return {
    stats: memory.stats,
    flush: () => memory.flush(),
    consolidator: (answer, facts) => factConsolidator({ ask: async () => answer, ...facts }),
    async exchange({ user, session, history, message, answer, signal }: Exchange) {
      const scope = { user, session };
      const seen = new Set([...history, message].map(({ id }) => id));
      const turn = { id: message.id, scope, text: message.text, excludeTurnIds: [...seen] };
      const { block } = await memory.recall(turn, signal);
      signal?.throwIfAborted();
      const drafted = { role: "user" as const, text: message.text, itemId: message.id };
      void memory.record(scope, drafted);
      void memory.record(scope, { role: "assistant", text: answer.text, itemId: answer.id });
      memory.end(turn);
      return { shown: [...history.map(({ text }) => text), block, message.text].join("\n") };
    },
  };
}

testAdapter("a loop of one's own", plainAdapter, {
  skip: [
    { name: "edited", reason: "the loop replaces nothing" },
    { name: "regenerated", reason: "the loop replaces nothing" },
    { name: "undone", reason: "the loop replaces nothing" },
  ],
});
