import fc from "fast-check";
import { writeLookupTable } from "./lookup-table.ts";

const queries = fc
  .integer({ min: 1, max: 512 })
  .chain((eights) =>
    fc.array(fc.float({ noNaN: true, min: -1, max: 1 }), { minLength: eights * 8, maxLength: eights * 8 }),
  )
  .map((values) => Float32Array.from(values));

describe("writeLookupTable", () => {
  it("keeps entries to 6 bits and their sum below 32,768", () => {
    fc.assert(
      fc.property(queries, (query) => {
        const table = new Uint8Array(query.length * 4);
        writeLookupTable(query, table, 0);
        let sum = 0;
        for (let group = 0; group < table.length; group += 16) {
          const largest = Math.max(...table.subarray(group, group + 16));
          expect(largest).toBeLessThanOrEqual(63);
          sum += largest;
        }
        expect(sum).toBeLessThan(32_768);
      }),
      { numRuns: 50 },
    );
  });

  it("keeps the sum below 32,768 when all 4,096 components are equal", () => {
    const table = new Uint8Array(4_096 * 4);
    writeLookupTable(new Float32Array(4_096).fill(1 / 64), table, 0);
    let sum = 0;
    for (let group = 0; group < table.length; group += 16) sum += table[group + 15] as number;
    expect(sum).toBeGreaterThan(31_000);
    expect(sum).toBeLessThan(32_768);
  });

  it("holds in each entry the magnitudes of the components whose sign the pattern has", () => {
    const table = new Uint8Array(32);
    writeLookupTable(Float32Array.of(1, -2, 3, -0.3, 0, 0, 0, 0), table, 0);
    const unit = 63 / 6.3;
    expect(table[0b0101]).toBe(63);
    expect(table[0b1010]).toBe(0);
    expect(table[0b0001]).toBe(Math.round((1 + 2 + 0.3) * unit));
    expect(table[0b1111]).toBe(Math.round((1 + 3) * unit));
    expect([...table.subarray(16)]).toEqual(new Array(16).fill(0));
  });

  it("is all zeros for a query of zeros", () => {
    const table = new Uint8Array(32).fill(7);
    writeLookupTable(new Float32Array(8), table, 0);
    expect(table.every((entry) => entry === 0)).toBe(true);
  });
});
