import {
  errorFromJson,
  errorToJson,
  hasCode,
  IndexNotFoundError,
  LimitExceededError,
  SottoError,
  StorageCompactedError,
  StorageFullError,
} from "./index.ts";

/** What another copy of the package would throw: of no class that this copy knows. */
function foreign(code: string): unknown {
  return Object.defineProperty(Object.assign(new Error("x"), { code, details: {} }), Symbol.for("sotto.error"), {
    value: true,
  });
}

describe("errors", () => {
  it("tell their class, across copies of the package", () => {
    const error: unknown = new IndexNotFoundError("help");
    expect(IndexNotFoundError.isInstance(error)).toBe(true);
    expect(SottoError.isInstance(error)).toBe(true);
    expect(LimitExceededError.isInstance(error)).toBe(false);
    expect(IndexNotFoundError.isInstance(foreign("index.not_found"))).toBe(true);
    expect(SottoError.isInstance(foreign("index.not_found"))).toBe(true);
  });

  it("take nothing for theirs that only has their code", () => {
    const error = Object.assign(new Error("no such file"), { code: "index.not_found" });
    expect(SottoError.isInstance(error)).toBe(false);
    expect(hasCode(error, "index.not_found")).toBe(false);
    for (const value of [null, undefined, "index.not_found", 7]) expect(SottoError.isInstance(value)).toBe(false);
  });

  it("give their fields with their class", () => {
    const error: unknown = new StorageCompactedError("p/index/a", 3, 9, 1);
    if (!StorageCompactedError.isInstance(error)) throw error;
    const base: number = error.base;
    expect(base).toBe(9);
  });

  it.each([
    new LimitExceededError("queryChars", 10, 12, "Characters of the query"),
    new StorageCompactedError("p/index/a", 3, 9, 1),
    new StorageFullError("store", "no space left on the disk"),
    new IndexNotFoundError("help"),
  ])("come back over a wire as what they were: $name", (error) => {
    const back = errorFromJson(JSON.parse(JSON.stringify(errorToJson(error))));
    expect(back).toBeInstanceOf(error.constructor);
    expect(back).toEqual(error);
    expect({ ...back }).toEqual({ ...error });
    expect(back.message).toBe(error.message);
  });

  it("say nothing over a wire of what went wrong inside", () => {
    const json = JSON.stringify(errorToJson(new TypeError("cannot read 'my card is 4111'")));
    expect(json).not.toContain("4111");
    expect(JSON.parse(json)).toMatchObject({ error: { code: "runtime.internal" } });
  });
});
