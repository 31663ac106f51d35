import { systemClock } from "../../clock.ts";
import { memoryStorage } from "../../storage/memory/memory-storage.ts";
import type { Embedder } from "../embedding/index.ts";
import { createArena } from "../kernel/arena.ts";
import { adoptEmbedder, embedAnew } from "./reembed.ts";
import { StoredIndex } from "./stored-index.ts";

const unit = () => Float32Array.from({ length: 8 }, (_, i) => (i === 0 ? 1 : 0));

function embedderWithTokens(): { embedder: Embedder; texts: string[] } {
  const texts: string[] = [];
  const embedder: Embedder = {
    id: "new-v1",
    dimensions: 8,
    calibration: { low: 0, high: 1 },
    embed: async (list) => list.map(unit),
    tokens: {
      id: "new-v1:8",
      dimensions: 8,
      bytesPerToken: 1,
      calibration: { low: 0, high: 1 },
      async embedDocuments(list) {
        texts.push(...list);
        return list.map(() => ({ vector: unit(), codes: Uint8Array.of(1) }));
      },
      embedQuery: async () => ({ vector: unit(), tokens: new Float32Array(8) }),
    },
  };
  return { embedder, texts };
}

async function indexOfAnother(): Promise<StoredIndex> {
  const stored = await StoredIndex.open({
    log: await memoryStorage().open("default/index/test"),
    arena: () => createArena(),
    settings: { embedderId: "old-v1", dimensions: 16, metadata: {}, createdAt: 1 },
    logger: { warn: () => undefined, error: () => undefined },
    clock: systemClock,
  });
  await stored.append([
    { type: "put", document: { id: "a", title: "Returns", text: "Within 30 days." }, vector: undefined },
  ]);
  return stored;
}

describe("an index that goes over to another embedder", () => {
  it("embeds documents as they are embedded when they are added: with their title, without token states", async () => {
    const { embedder, texts } = embedderWithTokens();
    const stored = await indexOfAnother();
    await adoptEmbedder(stored, embedder);
    await embedAnew(stored, embedder);
    expect(texts).toEqual(["Returns\n\nWithin 30 days."]);
    expect(stored.index.vectorOf("a")).toMatchObject({ scale: expect.any(Number) });
    expect(stored.index.vectorOf("a")?.tokens).toBeUndefined();
    expect(stored.settings?.reembedding).toBeUndefined();
  });

  it("keeps token states of what somebody said", async () => {
    const { embedder, texts } = embedderWithTokens();
    const stored = await indexOfAnother();
    await adoptEmbedder(stored, embedder);
    await embedAnew(stored, embedder, { spokenOf: ({ text }) => ({ text: `Ann: ${text}`, withoutNames: text }) });
    expect(texts).toEqual(["Ann: Within 30 days."]);
    expect(stored.index.vectorOf("a")?.tokens).toEqual({ dimensions: 8, codes: Uint8Array.of(1) });
  });
});
