import { randomNumbers, unitVector } from "../../../test/synthetic-vectors.ts";
import { takeAll } from "../../steps.ts";
import { createArena } from "../kernel/arena.ts";
import { VectorStore } from "./vector-store.ts";

const random = randomNumbers(1);
const slotCount = 2_613;
const vectors = Array.from({ length: slotCount }, (_, slot) =>
  // None from 128 to 511, so that two segments are missing.
  slot % 5 === 0 || (slot >= 128 && slot < 512) ? undefined : unitVector(64, random),
);

function filled(): VectorStore {
  const store = new VectorStore(createArena(), 64);
  vectors.forEach((vector, slot) => {
    if (vector !== undefined) store.set(slot, vector);
  });
  return store;
}

function bytesOf(store: VectorStore, count = slotCount): Buffer<ArrayBuffer> {
  return Buffer.concat(store.toParts(count).map((part) => part.view()));
}

describe("VectorStore.toParts and fromBytes", () => {
  it("restore the store bit for bit, from the pieces and from one array", () => {
    const store = filled();
    const pieces = store.toParts(slotCount).map((part) => part.view());
    const whole = new Uint8Array(Buffer.concat(pieces));
    for (const bytes of [pieces, whole]) {
      const restored = takeAll(VectorStore.fromBytes(createArena(), 64, slotCount, bytes));
      expect(bytesOf(restored).equals(whole)).toBe(true);
      for (let slot = 0; slot < slotCount; slot++) expect(restored.get(slot)).toEqual(store.get(slot));
      // With a shortlist no longer than what is wanted, the codes decide.
      const options = { wanted: 20, shortlist: 20, live: undefined, slotCount };
      for (let i = 0; i < 100; i++) {
        const query = unitVector(64, random);
        expect(restored.search(query, options)).toEqual(store.search(query, options));
      }
    }
  });

  it("can be added to after they were restored", () => {
    const restored = takeAll(VectorStore.fromBytes(createArena(), 64, slotCount, bytesOf(filled())));
    const added = unitVector(64, random);
    restored.set(slotCount, added);
    restored.set(200, added);
    const found = restored.search(added, { wanted: 2, live: undefined, slotCount: slotCount + 1 });
    expect([...found.slots]).toEqual([200, slotCount]);
  });

  it("are the same whether vectors were set as floats or as what get answered", () => {
    const store = filled();
    const copy = new VectorStore(createArena(), 64);
    for (let slot = 0; slot < slotCount; slot++) {
      const vector = store.get(slot);
      if (vector !== undefined) copy.setQuantized(slot, vector.scale, vector.values);
    }
    expect(bytesOf(copy).equals(bytesOf(store))).toBe(true);
  });

  it("work on an empty store", () => {
    const restored = takeAll(
      VectorStore.fromBytes(createArena(), 64, 0, bytesOf(new VectorStore(createArena(), 64), 0)),
    );
    expect(restored.search(unitVector(64, random), { wanted: 1, live: undefined, slotCount: 0 }).count).toBe(0);
  });

  it("refuse bytes that are too few, too many, or name slots that do not exist, and give the memory back", () => {
    const whole = new Uint8Array(bytesOf(filled()));
    const arena = createArena();
    const restore = (bytes: Uint8Array) => takeAll(VectorStore.fromBytes(arena, 64, slotCount, bytes));
    expect(() => restore(whole.subarray(0, -1))).toThrow("The vectors of a snapshot is damaged: they end too early.");
    expect(() => restore(new Uint8Array([...whole, 0]))).toThrow("1 bytes are left over");
    const stray = whole.slice();
    stray[327] = 0xff; // the last byte of the bitmap: slots 2,616 to 2,623
    expect(() => restore(stray)).toThrow("it names slots from 2613 on, which do not exist");
    expect(arena.allocatedBytes).toBe(0);
  });
});
