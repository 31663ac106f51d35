import { loadStaticModel, type StaticModelFiles } from "./static-model.ts";
import { StaticModelError } from "./static-model-error.ts";

/** Two words, eight dimensions: "left" points along the first axis with length 2, "up" along the second with length 1. */
function files(changes: Partial<StaticModelFiles> = {}): StaticModelFiles {
  const vectors = new Int8Array(16);
  vectors[0] = 100;
  vectors[9] = 50;
  return {
    vocab: "left\nup",
    vectors,
    scales: Float32Array.of(0.02, 0.02),
    meta: { formatVersion: 1, id: "tiny-v1", dim: 8, rows: 2 },
    ...changes,
  };
}

function refusal(changes: Partial<StaticModelFiles>): StaticModelError {
  try {
    loadStaticModel(files(changes));
  } catch (error) {
    if (StaticModelError.isInstance(error)) return error;
    throw error;
  }
  throw new Error("the model was accepted");
}

const meta = { formatVersion: 1, id: "tiny-v1", dim: 8, rows: 2 };

describe("loadStaticModel", () => {
  it("takes typed arrays and parsed JSON", () => {
    const model = loadStaticModel(files());
    expect([...model.rowOf]).toEqual([
      ["left", 0],
      ["up", 1],
    ]);
    expect(model.meta).toMatchObject({ id: "tiny-v1", calibration: { low: 0, high: 1 }, defaultAlpha: 0.4 });
  });

  it("takes bytes as they are in the files, at any offset", () => {
    const { vectors, scales } = loadStaticModel(files());
    const shifted = new Uint8Array(9);
    shifted.set(new Uint8Array(scales.buffer), 1);
    const model = loadStaticModel({
      vocab: new TextEncoder().encode("left\r\nup\r\n"),
      vectors: new Uint8Array(vectors.buffer),
      scales: shifted.subarray(1),
      meta: new TextEncoder().encode(JSON.stringify(meta)),
    });
    expect(model.vectors).toEqual(vectors);
    expect(model.scales).toEqual(scales);
    expect([...model.rowOf.keys()]).toEqual(["left", "up"]);
  });

  it.each<[string, Partial<StaticModelFiles>, string, string]>([
    [
      "vectors that are too short",
      { vectors: new Int8Array(15) },
      "vectors.i8",
      "should have 16 bytes to agree with meta.json, but has 15",
    ],
    [
      "scales that are too many",
      { scales: new Float32Array(3) },
      "scales.f32",
      "should have 8 bytes to agree with meta.json, but has 12",
    ],
    [
      "a scale that is no number",
      { scales: Float32Array.of(1, Number.NaN) },
      "scales.f32",
      "row 1 should be a finite number of at least 0, but is NaN",
    ],
    [
      "a negative scale",
      { scales: Float32Array.of(-1, 1) },
      "scales.f32",
      "row 0 should be a finite number of at least 0, but is -1",
    ],
    ["a word too few", { vocab: "left" }, "vocab.txt", "should have 2 lines to agree with meta.json, but has 1"],
    ["an empty line", { vocab: "left\n\n" }, "vocab.txt", "line 2 should be a word, but is empty"],
    ["a word twice", { vocab: "left\nleft" }, "vocab.txt", 'line 2 should be a new word, but is "left" as line 1 is'],
    ["text that is not JSON", { meta: "{" }, "meta.json", "it is not JSON"],
    ["JSON that is not an object", { meta: "3" }, "meta.json", "it should be a JSON object, but is 3"],
    [
      "a model without a format version",
      { meta: '{"id":"tiny-v1","dim":8,"rows":2}' },
      "meta.json",
      "formatVersion should be 1 (the format this version reads), but is undefined",
    ],
    [
      "a newer format",
      { meta: { ...meta, formatVersion: 2 } },
      "meta.json",
      "formatVersion should be 1 (the format this version reads), but is 2",
    ],
    ["a model without a name", { meta: { ...meta, id: "" } }, "meta.json", 'id should be a name, but is ""'],
    [
      "a length that is no multiple of 8",
      { meta: { ...meta, dim: 9 } },
      "meta.json",
      "dim should be a multiple of 8 from 8 to 4096, but is 9",
    ],
    ["no rows", { meta: { ...meta, rows: 0 } }, "meta.json", "rows should be a positive integer, but is 0"],
    [
      "a calibration that does not rise",
      { meta: { ...meta, calibration: { low: 1, high: 1 } } },
      "meta.json",
      'calibration should be { low, high } with low < high, but is {"low":1,"high":1}',
    ],
    [
      "an alpha over 1",
      { meta: { ...meta, defaultAlpha: 1.1 } },
      "meta.json",
      "defaultAlpha should be a number in [0, 1], but is 1.1",
    ],
  ])("refuses %s", (_, changes, file, reason) => {
    const error = refusal(changes);
    expect(error.code).toBe("model.invalid");
    expect(error.file).toBe(file);
    expect(error.message).toContain(`The static model's ${file} is not valid: `);
    expect(error.message).toContain(reason);
  });
});
