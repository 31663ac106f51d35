import fc from "fast-check";
import type { LogRecord } from "../storage.ts";
import { decodeBatch, encodeBatch, eraseFromBatch, isIntact, sealBatch } from "./batch-codec.ts";

const records = fc.array(
  fc.record({ id: fc.string({ unit: "grapheme", maxLength: 3 }), data: fc.uint8Array({ maxLength: 40 }) }),
  { maxLength: 8 },
);

function sealed(input: readonly LogRecord[]): Uint8Array {
  const bytes = encodeBatch(input);
  sealBatch(bytes);
  return bytes;
}

describe("an encoded batch", () => {
  it("decodes to the records that it was made of", () => {
    fc.assert(fc.property(records, (input) => expect(decodeBatch(sealed(input))).toEqual(input)));
  });

  it("keeps tombstones", () => {
    const tombstone = { id: "a", data: new Uint8Array(0), erased: true };
    expect(decodeBatch(sealed([tombstone]))).toEqual([tombstone]);
  });

  it("shows any changed bit", () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.nat(7), (input, position, bit) => {
        const bytes = sealed(input);
        expect(isIntact(bytes)).toBe(true);
        const at = position % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        expect(isIntact(bytes)).toBe(false);
      }),
    );
  });

  it("has the same length, the same ids and none of the erased bytes after an erase", () => {
    fc.assert(
      fc.property(records, (input) => {
        const ids = new Set(input.slice(0, 2).map(({ id }) => id));
        const bytes = sealed(input);
        const result = eraseFromBatch(bytes, ids);
        const expected = input.map(({ id, data }) =>
          ids.has(id) ? { id, data: new Uint8Array(0), erased: true } : { id, data },
        );
        expect(result?.erased ?? 0).toBe(expected.filter((record) => "erased" in record).length);
        if (result === undefined) return;
        expect(result.bytes.length).toBe(bytes.length);
        expect(isIntact(result.bytes)).toBe(true);
        expect(decodeBatch(result.bytes)).toEqual(expected);
        expect(eraseFromBatch(result.bytes, ids)).toBeUndefined();
        const used = encodeBatch(expected).length;
        expect(result.bytes.subarray(used).every((byte) => byte === 0)).toBe(true);
      }),
    );
  });
});
