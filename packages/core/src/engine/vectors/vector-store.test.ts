import fc from "fast-check";
import { clusteredVectors, dot, randomNumbers, unitVector } from "../../../test/synthetic-vectors.ts";
import { Bitmap } from "../bytes/bitmap.ts";
import { createArena } from "../kernel/arena.ts";
import { VectorStore } from "./vector-store.ts";

function storeOf(vectors: readonly (Float32Array | undefined)[], dimensions: number): VectorStore {
  const store = new VectorStore(createArena(), dimensions);
  vectors.forEach((vector, slot) => {
    if (vector !== undefined) store.set(slot, vector);
  });
  return store;
}

/** The best slots by exact cosine. */
function exact(vectors: readonly (Float32Array | undefined)[], query: Float32Array, wanted: number, filter?: Bitmap) {
  return vectors
    .flatMap((vector, slot) => (vector && filter?.has(slot) !== false ? [{ slot, score: dot(vector, query) }] : []))
    .sort((a, b) => b.score - a.score || a.slot - b.slot)
    .slice(0, wanted);
}

function search(store: VectorStore, query: Float32Array, wanted: number, slotCount: number, live?: Bitmap) {
  const { count, slots, scores } = store.search(query, { wanted, live, slotCount });
  return Array.from({ length: count }, (_, i) => ({ slot: slots[i] as number, score: scores[i] as number }));
}

function recall(found: readonly { slot: number }[], truth: readonly { slot: number }[]): number {
  const slots = new Set(found.map(({ slot }) => slot));
  return truth.filter(({ slot }) => slots.has(slot)).length / truth.length;
}

describe("VectorStore", () => {
  it("answers the cosines of the best slots, best first", () => {
    const random = randomNumbers(1);
    const vectors = Array.from({ length: 300 }, () => unitVector(64, random));
    const store = storeOf(vectors, 64);
    const query = unitVector(64, random);
    const found = search(store, query, 10, 300);
    expect(found).toHaveLength(10);
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).sort((a, b) => b - a));
    for (const { slot, score } of found) {
      expect(Math.abs(score - dot(vectors[slot] as Float32Array, query))).toBeLessThan(0.01);
    }
  });

  it("finds a vector by itself with cosine 1 at every multiple of 8 dimensions", () => {
    const dimensions = fc.integer({ min: 1, max: 512 }).map((eights) => eights * 8);
    fc.assert(
      fc.property(dimensions, fc.integer(), (dimensions, seed) => {
        const random = randomNumbers(seed);
        const vectors = Array.from({ length: 40 }, () => unitVector(dimensions, random));
        const [best] = search(storeOf(vectors, dimensions), vectors[7] as Float32Array, 1, 40);
        expect(best?.slot).toBe(7);
        expect(best?.score).toBeGreaterThan(0.98);
        expect(best?.score).toBeLessThanOrEqual(1);
      }),
      { numRuns: 30 },
    );
  });

  it.each([0, 4, 12, 4_104, -8, Number.NaN])("refuses %d dimensions", (dimensions) => {
    expect(() => new VectorStore(createArena(), dimensions)).toThrow(
      `dimensions is not valid: ${dimensions} is not a multiple of 8 from 8 to 4096.`,
    );
  });

  it("refuses vectors of another length and those with a component that is not finite, and stays as it was", () => {
    const store = storeOf([Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0)], 8);
    const before = store.get(0);
    const message = "it has 16 dimensions, and this store has 8";
    expect(() => store.set(0, new Float32Array(16))).toThrow(message);
    expect(() => store.setQuantized(0, 1, new Int8Array(16))).toThrow(message);
    expect(() => store.search(new Float32Array(16), { wanted: 1, live: undefined, slotCount: 1 })).toThrow(message);
    expect(() => store.set(0, new Float32Array(8).fill(Number.NaN))).toThrow("a component is not a finite number");
    expect(() => store.setQuantized(0, Number.NaN, new Int8Array(8))).toThrow("NaN is not a finite number");
    expect(() => store.set(-1, new Float32Array(8))).toThrow("-1 is not a whole number from 0 to 67108863");
    expect(store.get(0)).toEqual(before);
  });

  it("answers equal scores in the order of slots, however many there are", () => {
    const vector = unitVector(64, randomNumbers(2));
    const count = 3_000;
    const store = storeOf(
      Array.from({ length: count }, () => vector),
      64,
    );
    const slots = search(store, vector, 500, count).map(({ slot }) => slot);
    expect(slots).toEqual(Array.from({ length: 500 }, (_, slot) => slot));
  });

  it("finds all there is when more is wanted", () => {
    const random = randomNumbers(3);
    const count = 2_500;
    const store = storeOf(clusteredVectors(count, 32, 10, random), 32);
    expect(search(store, unitVector(32, random), 5_000, count)).toHaveLength(count);
    expect(search(store, unitVector(32, random), 0, count)).toEqual([]);
    expect(search(new VectorStore(createArena(), 32), unitVector(32, random), 3, 0)).toEqual([]);
  });

  it("grows across segments while another store in the same arena grows, and keeps what it holds", () => {
    const random = randomNumbers(4);
    const arena = createArena();
    const [one, other] = [new VectorStore(arena, 64), new VectorStore(arena, 128)];
    const vectors = Array.from({ length: 5_000 }, () => unitVector(64, random));
    const others = Array.from({ length: 5_000 }, () => unitVector(128, random));
    for (let slot = 0; slot < 5_000; slot++) {
      one.set(slot, vectors[slot] as Float32Array);
      other.set(slot, others[slot] as Float32Array);
      if (slot % 500 !== 0) continue;
      const query = vectors[slot] as Float32Array;
      expect(search(one, query, 1, slot + 1)[0]?.slot).toBe(slot);
      expect(search(other, others[slot] as Float32Array, 1, slot + 1)[0]?.slot).toBe(slot);
    }
    for (const slot of [0, 63, 64, 127, 128, 4_095, 4_096, 4_999]) {
      expect(search(one, vectors[slot] as Float32Array, 1, 5_000)[0]?.slot).toBe(slot);
    }
  });

  it("finds a vector that was replaced by its new value, and a cleared one no more", () => {
    const random = randomNumbers(5);
    const count = 2_000;
    const vectors = Array.from({ length: count }, () => unitVector(64, random));
    const store = storeOf(vectors, 64);
    const replacement = unitVector(64, random);
    store.set(1_234, replacement);
    expect(search(store, replacement, 1, count)[0]?.slot).toBe(1_234);
    store.clear(1_234);
    expect(store.get(1_234)).toBeUndefined();
    expect(search(store, replacement, count, count).some(({ slot }) => slot === 1_234)).toBe(false);
    expect(search(store, replacement, count, count)).toHaveLength(count - 1);
  });

  it("overwrites a cleared vector in memory", () => {
    const arena = createArena();
    const store = new VectorStore(arena, 64);
    const untouched = new Uint8Array(arena.buffer).slice();
    store.set(5, unitVector(64, randomNumbers(6)));
    expect(new Uint8Array(arena.buffer)).not.toEqual(untouched);
    store.clear(5);
    expect(new Uint8Array(arena.buffer)).toEqual(untouched);
  });

  it.each([500, 3_000])("never answers documents without a vector, of %d", (count) => {
    const random = randomNumbers(7);
    const vectors = Array.from({ length: count }, (_, slot) => (slot % 3 === 0 ? undefined : unitVector(64, random)));
    const store = storeOf(vectors, 64);
    const found = search(store, unitVector(64, random), count, count);
    expect(found).toHaveLength(vectors.filter((vector) => vector !== undefined).length);
    expect(found.every(({ slot }) => slot % 3 !== 0)).toBe(true);
    expect(store.get(0)).toBeUndefined();
  });

  it("sees only the slots below slotCount", () => {
    const random = randomNumbers(8);
    const store = storeOf(
      Array.from({ length: 2_000 }, () => unitVector(64, random)),
      64,
    );
    const found = search(store, unitVector(64, random), 2_000, 1_501);
    expect(found.map(({ slot }) => slot).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 1_501 }, (_, slot) => slot),
    );
  });

  it.each([0.5, 0.1, 0.04, 0.002])("honours a filter that lets %d of the documents through", (share) => {
    const random = randomNumbers(9);
    const count = 24_000;
    const vectors = clusteredVectors(count, 64, 100, random);
    const store = storeOf(vectors, 64);
    const filter = new Bitmap(count);
    for (let slot = 0; slot < count; slot++) if (random() < share) filter.set(slot);
    let sum = 0;
    for (let i = 0; i < 20; i++) {
      const query = vectors[i * 997] as Float32Array;
      const truth = exact(vectors, query, 10, filter);
      const found = search(store, query, 10, count, filter);
      expect(found).toHaveLength(10);
      expect(found.every(({ slot }) => filter.has(slot))).toBe(true);
      sum += recall(found, truth);
    }
    expect(sum / 20).toBeGreaterThanOrEqual(0.9);
  });

  it("scores exactly the slots that are listed, if they take part", () => {
    const random = randomNumbers(10);
    const vectors = Array.from({ length: 2_000 }, (_, slot) => (slot === 30 ? undefined : unitVector(64, random)));
    const store = storeOf(vectors, 64);
    const live = Bitmap.full(2_000);
    live.clear(1_000);
    const slots = Uint32Array.of(1_999, 30, 7, 1_000, 500, 1_700);
    const found = store.search(vectors[7] as Float32Array, { wanted: 10, live, slotCount: 1_900, slots });
    expect([...found.slots].sort((a, b) => a - b)).toEqual([7, 500, 1_700]);
    expect(found.slots[0]).toBe(7);
  });

  it("scores listed slots one by one as a search does, NaN where there is no vector", () => {
    const random = randomNumbers(11);
    const vectors = Array.from({ length: 500 }, (_, slot) => (slot === 77 ? undefined : unitVector(64, random)));
    const store = storeOf(vectors, 64);
    const query = unitVector(64, random);
    const found = new Map(search(store, query, 500, 500).map(({ slot, score }) => [slot, score]));
    const slots = Uint32Array.of(499, 0, 77, 64, 63, 64, 100_000, 3);
    const cosines = store.score(query, slots, 7);
    expect([...cosines]).toEqual([499, 0, 77, 64, 63, 64, 100_000].map((slot) => found.get(slot) ?? Number.NaN));
  });

  it("scores more slots in one call than its working memory holds", () => {
    const random = randomNumbers(12);
    const store = storeOf(
      Array.from({ length: 100 }, () => unitVector(8, random)),
      8,
    );
    const slots = Uint32Array.from({ length: 40_000 }, (_, i) => i % 101);
    const query = unitVector(8, random);
    const once = store.score(query, slots, 101);
    const cosines = store.score(query, slots, 40_000);
    expect(cosines.every((cosine, i) => Object.is(cosine, once[i % 101]))).toBe(true);
  });

  it("gives all memory back", () => {
    const arena = createArena();
    const first = new VectorStore(arena, 64);
    first.search(new Float32Array(64), { wanted: 1, live: undefined, slotCount: 0 });
    const before = arena.allocatedBytes;
    const random = randomNumbers(13);
    const store = new VectorStore(arena, 64);
    for (let slot = 0; slot < 1_000; slot++) store.set(slot, unitVector(64, random));
    expect(store.bytes).toBeGreaterThanOrEqual(1_000 * (64 + 8 + 4));
    store.dispose();
    expect(arena.allocatedBytes).toBe(before);
    expect(store.bytes).toBe(0);
  });

  it("writes into no memory but its own, however much a search needs", () => {
    const random = randomNumbers(16);
    const arena = createArena();
    const store = new VectorStore(arena, 8);
    const others: number[] = [];
    const bytes = 64;
    const allocateOthers = () => {
      for (let i = 0; i < 1_500; i++) {
        const pointer = arena.allocate(bytes);
        new Uint8Array(arena.buffer, pointer, bytes).fill(0xc7);
        others.push(pointer);
      }
    };
    for (let slot = 0; slot < 40_000; slot++) store.set(slot, unitVector(8, random));
    for (const [slotCount, shortlist] of [
      [1_500, 200],
      [40_000, 200],
      [40_000, 20_000],
    ] as const) {
      const query = unitVector(8, random);
      store.search(query, { wanted: 10, shortlist, live: undefined, slotCount });
      allocateOthers();
      const { count } = store.search(query, { wanted: 10, shortlist, live: undefined, slotCount });
      expect(count).toBe(10);
      store.score(
        query,
        Uint32Array.from({ length: 40_000 }, (_, slot) => slot),
        40_000,
      );
    }
    const memory = new Uint8Array(arena.buffer);
    const damaged = others.filter((pointer) => memory.subarray(pointer, pointer + bytes).some((byte) => byte !== 0xc7));
    expect(damaged).toEqual([]);
  });
});
