import { project, signs, TOKEN_DIMENSIONS } from "./project.ts";

describe("project", () => {
  it("gives the products of each row, at length 1, with the directions", () => {
    const directions = new Float32Array(2 * TOKEN_DIMENSIONS);
    directions[0] = 1;
    directions[TOKEN_DIMENSIONS + 1] = 1;
    const projected = project(Float32Array.of(3, -4, 0, 0), 2, directions);
    expect(projected).toHaveLength(2 * TOKEN_DIMENSIONS);
    expect(projected[0]).toBeCloseTo(0.6);
    expect(projected[1]).toBeCloseTo(-0.8);
    expect(projected.slice(2).every((value) => value === 0)).toBe(true);
  });
});

describe("signs", () => {
  it("sets bit d % 8 of byte d >> 3 where value d is at least 0", () => {
    expect([...signs(Float32Array.of(1, -1, 0, -0.1, -1, -1, -1, 2, -1, -1, -1, -1, -1, -1, -1, 5))]).toEqual([
      0b10000101, 0b10000000,
    ]);
  });
});
