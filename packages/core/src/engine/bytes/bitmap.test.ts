import fc from "fast-check";
import { Bitmap, popCount } from "./bitmap.ts";

const slots = fc.uniqueArray(fc.integer({ min: 0, max: 300 }));

function bitmapOf(members: Iterable<number>): Bitmap {
  const bitmap = new Bitmap();
  for (const slot of members) bitmap.set(slot);
  return bitmap;
}

const ascending = (members: Iterable<number>) => [...members].sort((a, b) => a - b);

describe("Bitmap", () => {
  it("behaves like a set of numbers", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 300 }))), (steps) => {
        const model = new Set<number>();
        const bitmap = new Bitmap(10);
        for (const [add, slot] of steps) {
          if (add) bitmap.set(slot);
          else bitmap.clear(slot);
          if (add) model.add(slot);
          else model.delete(slot);
          expect(bitmap.has(slot)).toBe(add);
        }
        expect(bitmap.count()).toBe(model.size);
        expect([...bitmap.toSlots()]).toEqual(ascending(model));
      }),
    );
  });

  it("combines sets of different length", () => {
    fc.assert(
      fc.property(slots, slots, (left, right) => {
        const inLeft = new Set(left);
        const inRight = new Set(right);
        const [a, b] = [bitmapOf(left), bitmapOf(right)];
        expect([...a.clone().and(b).toSlots()]).toEqual(ascending(left.filter((slot) => inRight.has(slot))));
        expect([...a.clone().or(b).toSlots()]).toEqual(ascending(new Set([...left, ...right])));
        expect([...a.clone().andNot(b).toSlots()]).toEqual(ascending(left.filter((slot) => !inRight.has(slot))));
        expect([...a.toSlots()]).toEqual(ascending(inLeft));
      }),
    );
  });

  it.each([0, 1, 31, 32, 33, 64, 100])("is full of exactly %d slots", (count) => {
    const bitmap = Bitmap.full(count);
    expect(bitmap.count()).toBe(count);
    expect([...bitmap.toSlots()]).toEqual(Array.from({ length: count }, (_, slot) => slot));
  });

  it("writes an intersection up to a slot, zero behind it, and counts it", () => {
    fc.assert(
      fc.property(slots, fc.option(slots), fc.integer({ min: 0, max: 320 }), (members, others, count) => {
        const target = new Uint32Array(14).fill(0xdeadbeef);
        const other = others === null ? undefined : bitmapOf(others);
        const written = bitmapOf(members).writeTo(target, 2, count, other);
        const expected = members.filter((slot) => slot < count && (other === undefined || other.has(slot)));
        const result = new Bitmap();
        const end = 2 + Math.ceil(count / 32);
        result.words = target.slice(2, end);
        expect(written).toBe(expected.length);
        expect([...result.toSlots()]).toEqual(ascending(expected));
        expect([target[0], target[1], target[end]]).toEqual([0xdeadbeef, 0xdeadbeef, 0xdeadbeef]);
      }),
    );
  });

  it("counts the bits of any word", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), (word) => {
        expect(popCount(word)).toBe([...word.toString(2)].filter((digit) => digit === "1").length);
      }),
    );
  });

  it("keeps a clone apart", () => {
    const original = bitmapOf([1, 2]);
    const copy = original.clone();
    copy.set(3);
    copy.clear(1);
    expect([...original.toSlots()]).toEqual([1, 2]);
  });
});
