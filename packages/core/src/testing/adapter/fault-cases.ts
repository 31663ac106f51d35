import type { SottoOptions } from "../../sotto.ts";
import type { Storage } from "../../storage/index.ts";
import { memoryStorage } from "../../storage/index.ts";
import { assertEqual, assertTrue } from "../storage/assertions.ts";
import type { AdapterCase, AdapterCaseName } from "./adapter-fixture.ts";
import { brokenEmbedder, never, onStage } from "./stage.ts";

const ann = { user: "ann", session: "s1" };
const ben = { user: "ben", session: "s2" };
const question = "How long can I return a router?";
const help = [{ id: "returns", text: "A router can be returned within 30 days." }];

/** A conversation goes on when memory does not. */
export const faultCases: readonly AdapterCase[] = [
  {
    name: "recall-hangs",
    title: "answers by the deadline when recall never answers, counts it, and asks again for the same message",
    run: (create) =>
      onStage(create, async ({ say, sotto, faults, adapter, untilDone }) => {
        await sotto.createIndex("help", help);
        faults.searchMemory = () => never();
        const shown = await untilDone(say({ ...ann, text: question, id: "m1", answerId: "a1" }));
        assertTrue(!shown.includes("within 30 days"), "the answer is given without memory");
        assertEqual(adapter.stats.lateRecalls, 1, "late recalls");
        delete faults.searchMemory;
        const again = await say({ ...ann, text: question, id: "m1", answerId: "a1" });
        assertTrue(again.includes("within 30 days"), "memory is there the next time");
      }),
  },
  {
    name: "recall-fails",
    title: "answers when recall fails, counts it without a word of what was said, and asks again for the same message",
    run: (create) =>
      onStage(create, async ({ say, sotto, faults, adapter, logged }) => {
        await sotto.createIndex("help", help);
        faults.searchMemory = async (query) => {
          throw new Error(`cannot search ${query}`);
        };
        await say({ ...ann, text: question, id: "m1", answerId: "a1" });
        assertTrue(adapter.stats.failedRecalls > 0, "failed recalls are counted");
        assertTrue(!logged.join().includes("router"), "no log line holds what was said");
        delete faults.searchMemory;
        const again = await say({ ...ann, text: question, id: "m1", answerId: "a1" });
        assertTrue(again.includes("within 30 days"), "memory is there the next time");
      }),
  },
  {
    name: "recall-aborted",
    title: "asks again for a message whose recall was aborted",
    run: (create) =>
      onStage(create, async ({ say, sotto, faults, untilDone }) => {
        await sotto.createIndex("help", help);
        const stop = new AbortController();
        faults.searchMemory = () => {
          queueMicrotask(() => stop.abort(new Error("stopped")));
          return never();
        };
        const stopped = say({ ...ann, text: question, id: "m1", answerId: "a1", signal: stop.signal });
        await untilDone(
          stopped.then(
            () => {},
            () => {},
          ),
        );
        delete faults.searchMemory;
        const again = await say({ ...ann, text: question, id: "m1", answerId: "a1" });
        assertTrue(again.includes("within 30 days"), "memory is there the next time");
      }),
  },
  {
    name: "write-hangs",
    title: "answers when a write never ends, counts it as late, and ends a flush by its deadline",
    run: (create) =>
      onStage(create, async ({ say, faults, adapter, untilDone, logged }) => {
        faults.recordTurn = () => never();
        await untilDone(say({ ...ann, text: question }));
        await untilDone(adapter.flush());
        assertTrue(adapter.stats.lateWrites > 0, "late writes are counted");
        assertTrue(logged.length > 0 && !logged.join().includes("router"), "and logged, without what was said");
      }),
  },
  {
    name: "write-fails",
    title: "answers when a write fails, and counts it",
    run: (create) =>
      onStage(create, async ({ say, faults, adapter, logged }) => {
        faults.recordTurn = async ({ text }) => {
          throw new Error(`cannot write ${text}`);
        };
        await say({ ...ann, text: question });
        await adapter.flush();
        assertTrue(adapter.stats.failedWrites > 0, "failed writes are counted");
        assertTrue(!logged.join().includes("router"), "no log line holds what was said");
      }),
  },
  broken("embedder-hangs", "an embedder that never answers", () => ({ embedder: brokenEmbedder(() => never()) })),
  broken("embedder-fails", "an embedder that fails", () => ({
    embedder: brokenEmbedder(async () => {
      throw new Error("no model");
    }),
  })),
  broken("store-hangs", "a store that never answers", () => ({ storage: brokenStore(() => never()) })),
  broken("store-fails", "a store that fails", () => ({
    storage: brokenStore(async () => {
      throw new Error("no disk");
    }),
  })),
  {
    name: "stuck-user",
    title: "serves one user while recall and writes of another are stuck",
    run: (create) =>
      onStage(create, async ({ say, sotto, faults, said, adapter, untilDone }) => {
        await sotto.createIndex("help", help);
        const stuck = (user: unknown) => user === "ann" || (user as { id?: string } | null)?.id === "ann";
        faults.searchMemory = (query, asked) => (stuck(asked.user) ? never() : sotto.searchMemory(query, asked));
        faults.recordTurn = (turn) => (stuck(turn.user) ? never() : sotto.recordTurn(turn));
        const hanging = say({ ...ann, text: question });
        const shown = await say({ ...ben, text: question, answer: "Within 30 days." });
        assertTrue(shown.includes("within 30 days"), "the other user has memory");
        await untilDone(hanging);
        await untilDone(adapter.flush());
        assertEqual(await said("ben", "s2"), [`user: ${question}`, "assistant: Within 30 days."], "the other's turns");
      }),
  },
];

function broken(name: AdapterCaseName, what: string, options: () => Partial<SottoOptions>): AdapterCase {
  return {
    name,
    title: `answers over ${what}`,
    run: (create) =>
      onStage(
        create,
        async ({ say, untilDone }) => {
          const shown = await untilDone(say({ ...ann, text: question }));
          assertTrue(shown.includes(question), "the model is asked");
        },
        options(),
      ),
  };
}

function brokenStore(fail: <T>() => Promise<T>): Storage {
  return { ...memoryStorage(), open: () => fail(), list: () => fail(), close: async () => {} };
}
