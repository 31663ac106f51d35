import { modelSpec } from "./model-spec.ts";
import type { TransformersEmbedderOptions } from "./options.ts";
import { type PresetName, presets } from "./presets.ts";
import { transformersEmbedder } from "./transformers-embedder.ts";

describe("the options of transformersEmbedder", () => {
  it.each(Object.keys(presets) as PresetName[])("are filled in by the preset %s", (preset) => {
    const { model, dimensions, pooling, queryPrefix, documentPrefix, maxTokens, calibration } = presets[preset];
    expect(modelSpec({ preset })).toMatchObject({
      model,
      dimensions,
      pooling,
      queryPrefix,
      documentPrefix,
      maxTokens,
      calibration,
      dtype: "q8",
      batchSize: 1,
      defaultAlpha: 0.3,
      embedsNames: preset !== "all-MiniLM-L6-v2",
      intraOpThreads: 1,
    });
  });

  it("win over the preset", () => {
    expect(
      modelSpec({ preset: "bge-small-en-v1.5", pooling: "mean", queryPrefix: "", model: "acme/bge", maxTokens: 128 }),
    ).toMatchObject({
      model: "acme/bge",
      pooling: "mean",
      queryPrefix: "",
      maxTokens: 128,
      dimensions: 384,
    });
  });

  it("make an id of all that decides the vectors of documents", () => {
    expect(modelSpec({ preset: "all-MiniLM-L6-v2" }).id).toBe("Xenova/all-MiniLM-L6-v2@main:q8:mean");
    expect(modelSpec({ preset: "multilingual-e5-small", revision: "v2", dtype: "fp32" }).id).toBe(
      'Xenova/multilingual-e5-small@v2:fp32:mean:"passage: "',
    );
    expect(modelSpec({ localPath: "/models/our-model/", pooling: "cls" }).id).toBe("our-model@main:q8:cls");
    expect(modelSpec({ localPath: "C:\\models\\our-model" }).model).toBe("our-model");
    expect(modelSpec({ preset: "all-MiniLM-L6-v2", id: "ours-v1" }).id).toBe("ours-v1");
  });

  it.each<[string, TransformersEmbedderOptions, string]>([
    ["no model at all", {}, "preset is not valid: give preset, model or localPath."],
    [
      "an unknown preset",
      { preset: "gpt" as PresetName },
      'preset is not valid: "gpt" is not one of all-MiniLM-L6-v2, bge-small-en-v1.5, multilingual-e5-small.',
    ],
    [
      "a folder as model",
      { model: "/models/ours", dimensions: 8 },
      'model is not valid: "/models/ours" is no repository of the hub (owner/name); a folder belongs in localPath.',
    ],
    [
      "an unknown dtype",
      { preset: "all-MiniLM-L6-v2", dtype: "q3" as "q4" },
      'dtype is not valid: "q3" is not one of fp32, fp16, q8, int8, uint8, q4, q4f16, bnb4.',
    ],
    [
      "an unknown pooling",
      { preset: "all-MiniLM-L6-v2", pooling: "max" as "mean" },
      'pooling is not valid: "max" is not mean or cls.',
    ],
    [
      "a model without dimensions",
      { model: "acme/tiny" },
      "dimensions is not valid: it is needed for a model that is no preset.",
    ],
    ["odd dimensions", { model: "acme/tiny", dimensions: 12 }, "dimensions is not valid: 12 is not a multiple of 8."],
    [
      "too many dimensions",
      { model: "acme/tiny", dimensions: 8192 },
      "dimensions is not valid: 8192 is not an integer from 8 to 4096.",
    ],
    [
      "an empty batch",
      { preset: "all-MiniLM-L6-v2", batchSize: 0 },
      "batchSize is not valid: 0 is not an integer from 1 to 4096.",
    ],
    [
      "no threads",
      { preset: "all-MiniLM-L6-v2", intraOpThreads: 0.5 },
      "intraOpThreads is not valid: 0.5 is not an integer from 1 to 1024.",
    ],
    [
      "too few tokens",
      { preset: "all-MiniLM-L6-v2", maxTokens: 2 },
      "maxTokens is not valid: 2 is not an integer from 3 to 1000000.",
    ],
    [
      "an alpha over 1",
      { preset: "all-MiniLM-L6-v2", defaultAlpha: 2 },
      "defaultAlpha is not valid: 2 is not in [0, 1].",
    ],
    [
      "a calibration that does not rise",
      { preset: "all-MiniLM-L6-v2", calibration: { low: 1, high: 0 } },
      "calibration is not valid: low 1 is not below high 0.",
    ],
  ])("are refused with %s", (_, options, message) => {
    expect(() => transformersEmbedder(options)).toThrow(expect.objectContaining({ code: "argument.invalid", message }));
  });
});
