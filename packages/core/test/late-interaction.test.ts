import { createSotto } from "../src/create-sotto.ts";
import type { Embedder, Sotto, Storage } from "../src/index.ts";
import { memoryStorage } from "../src/storage/memory/memory-storage.ts";

const DIMENSIONS = 64;
const WORDS = /[\p{L}\p{N}]+/gu;
/** Words that the model holds for the same. */
const SAME: Record<string, string> = { hospital: "vet", animal: "vet", resides: "lives" };

/** A model of words: each has signs of its own, and the text's vector is the same whatever it says. */
function wordEmbedder() {
  const documents: string[] = [];
  const queries: { text: string; kept: string[] }[] = [];
  const signsOf = (word: string): number[] => {
    let state = 0;
    for (const letter of SAME[word] ?? word) state = (Math.imul(state, 31) + letter.charCodeAt(0)) | 0;
    return Array.from({ length: DIMENSIONS }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return state < 0 ? 1 : -1;
    });
  };
  const wordsOf = (text: string) => text.toLowerCase().match(WORDS) ?? [];
  const vector = () => Float32Array.from({ length: 8 }, (_, i) => (i === 0 ? 1 : 0));
  const embedder: Embedder = {
    id: "words-v1",
    dimensions: 8,
    calibration: { low: 0, high: 1 },
    defaultAlpha: 0,
    embedsNames: false,
    embed: async (texts) => texts.map(vector),
    tokens: {
      id: "words-v1:64",
      dimensions: DIMENSIONS,
      bytesPerToken: DIMENSIONS / 8,
      calibration: { low: 0.3, high: 1 },
      async embedDocuments(texts) {
        documents.push(...texts);
        return texts.map((text) => {
          const words = wordsOf(text);
          const codes = new Uint8Array((words.length * DIMENSIONS) / 8);
          for (const [n, word] of words.entries())
            for (const [d, sign] of signsOf(word).entries()) {
              const byte = n * (DIMENSIONS / 8) + (d >> 3);
              if (sign > 0) codes[byte] = (codes[byte] as number) | (1 << (d & 7));
            }
          return { vector: vector(), codes };
        });
      },
      async embedQuery(text, { ignore = () => false } = {}) {
        const kept = wordsOf(text).filter((word) => !ignore(word));
        queries.push({ text, kept });
        const tokens = kept.flatMap((word) => signsOf(word).map((sign) => sign / DIMENSIONS));
        return { vector: vector(), tokens: Float32Array.from(tokens) };
      },
    },
  };
  return { embedder, documents, queries };
}

const ann = { id: "u-17", name: "Ann" };

async function tell(sotto: Sotto, session: string, texts: readonly string[]): Promise<void> {
  for (const [n, text] of texts.entries())
    await sotto.recordTurn({ user: ann, session, role: "user", text, at: 1_000 * (n + 1) });
}

const TOLD = ["Ann and Rex went to the lake.", "The vet kept him overnight.", "Ann likes tea.", "Ann has a garden."];
const QUESTION = "What happened at Ann's animal hospital?";

describe("late interaction in conversations", () => {
  let storage: Storage;
  beforeEach(() => {
    storage = memoryStorage();
  });

  it("finds by token states what has no word in common, in the call and in later ones", async () => {
    const { embedder } = wordEmbedder();
    await using sotto = createSotto({ storage, embedder });
    await tell(sotto, "first", [...TOLD, "Let me think."]);
    const now = await sotto.searchMemory(QUESTION, { user: ann, session: "first", minScore: 0, timeoutMs: 10_000 });
    expect(now.working[0]?.text).toBe("The vet kept him overnight.");
    await sotto.endSession({ user: ann, session: "first" });
    const later = await sotto.searchMemory(QUESTION, { user: ann, session: "next", minScore: 0, timeoutMs: 10_000 });
    expect(later.permanent[0]?.text).toBe("The vet kept him overnight.");
  });

  it("finds it in a process that opens the store afterwards, without embedding it again", async () => {
    {
      await using first = createSotto({ storage, embedder: wordEmbedder().embedder });
      await tell(first, "first", TOLD);
      await first.endSession({ user: ann, session: "first" });
    }
    const { embedder, documents } = wordEmbedder();
    await using second = createSotto({ storage, embedder });
    const { permanent } = await second.searchMemory(QUESTION, { user: ann, minScore: 0, timeoutMs: 10_000 });
    expect(permanent[0]?.text).toBe("The vet kept him overnight.");
    expect(documents).toEqual([]);
  });

  it("embeds turns without who said them, and questions without the user's name and stop words", async () => {
    const { embedder, documents, queries } = wordEmbedder();
    await using sotto = createSotto({ storage, embedder });
    await tell(sotto, "first", ["I live in Oslo."]);
    expect(documents).toEqual(["I live in Oslo."]);
    await sotto.endSession({ user: ann, session: "first" });
    expect(documents).toEqual(["I live in Oslo."]);
    await sotto.searchMemory("Where does Ann's sister live?", { user: ann, timeoutMs: 10_000 });
    expect(queries.at(-1)).toEqual({ text: "Where does sister live?", kept: ["sister", "live"] });
  });

  it("goes on with words and vectors where the tokens of a question cannot be had", async () => {
    const { embedder } = wordEmbedder();
    const states = embedder.tokens as NonNullable<Embedder["tokens"]>;
    const broken = { ...states, embedQuery: () => Promise.reject(new Error("no")) };
    await using sotto = createSotto({ storage, embedder: { ...embedder, tokens: broken } });
    await tell(sotto, "first", TOLD);
    const { working, trace } = await sotto.searchMemory("the vet", { user: ann, session: "first", timeoutMs: 10_000 });
    expect(working[0]?.text).toBe("The vet kept him overnight.");
    expect(trace.lanes.working.status).toBe("ok");
  });
});
