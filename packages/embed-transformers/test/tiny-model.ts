import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { encodeOnnx, FLOAT, floats, INT64, integers, node, tensorInfo } from "./onnx-proto.ts";

export const DIMENSIONS = 8;
export const MAX_TOKENS = 12;

/** Every word that the tokenizer knows; the place is the token's id. */
export const vocabulary = [
  "[PAD]",
  "[UNK]",
  "[CLS]",
  "[SEP]",
  "query",
  "passage",
  ":",
  "how",
  "long",
  "does",
  "a",
  "refund",
  "take",
  "to",
  "reach",
  "my",
  "bank",
  "account",
  "the",
  "mountain",
  "was",
  "covered",
  "with",
  "snow",
  "until",
  "late",
  "in",
  "spring",
  "restart",
  "router",
  "and",
  "wait",
  "green",
  "light",
  "is",
  "on",
  "?",
  ".",
] as const;

/** The vector of a token, the same on every run; `seed` tells the fp32 weights (1) from the quantized (2). */
export function tokenVector(token: number, seed: number): Float32Array {
  return Float32Array.from({ length: DIMENSIONS }, (_, i) =>
    Math.fround(Math.sin(seed * 100 + token * 12.9898 + i * 78.233)),
  );
}

/**
 * A transformer's shape in nine nodes: a token's state is its own vector plus the mean of all vectors that the
 * attention mask lets through, so that padding that is not masked, or pooling of the wrong kind, changes the result.
 */
function onnxModel(seed: number): Uint8Array {
  const table = new Float32Array(vocabulary.length * DIMENSIONS);
  for (const token of vocabulary.keys()) table.set(tokenVector(token, seed), token * DIMENSIONS);
  return encodeOnnx({
    ir_version: 8,
    opset_import: [{ domain: "", version: 13 }],
    graph: {
      name: "tiny",
      initializer: [
        floats("table", [vocabulary.length, DIMENSIONS], table),
        integers("axis1", [1]),
        integers("axis2", [2]),
      ],
      input: [
        tensorInfo("input_ids", INT64, ["batch", "tokens"]),
        tensorInfo("attention_mask", INT64, ["batch", "tokens"]),
      ],
      output: [tensorInfo("last_hidden_state", FLOAT, ["batch", "tokens", DIMENSIONS])],
      node: [
        node("Gather", ["table", "input_ids"], "own"),
        node("Cast", ["attention_mask"], "mask_floats", { to: FLOAT }),
        node("Unsqueeze", ["mask_floats", "axis2"], "mask"),
        node("Mul", ["own", "mask"], "masked"),
        node("ReduceSum", ["masked", "axis1"], "sum", { keepdims: 1 }),
        node("ReduceSum", ["mask", "axis1"], "count", { keepdims: 1 }),
        node("Div", ["sum", "count"], "mean"),
        node("Add", ["own", "mean"], "last_hidden_state"),
      ],
    },
  });
}

const token = (content: string) => ({
  id: vocabulary.indexOf(content as "[PAD]"),
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});

const tokenizer = {
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: ["[PAD]", "[UNK]", "[CLS]", "[SEP]"].map(token),
  normalizer: { type: "Lowercase" },
  pre_tokenizer: { type: "BertPreTokenizer" },
  post_processor: {
    type: "TemplateProcessing",
    single: [
      { SpecialToken: { id: "[CLS]", type_id: 0 } },
      { Sequence: { id: "A", type_id: 0 } },
      { SpecialToken: { id: "[SEP]", type_id: 0 } },
    ],
    pair: [],
    special_tokens: {
      "[CLS]": { id: "[CLS]", ids: [2], tokens: ["[CLS]"] },
      "[SEP]": { id: "[SEP]", ids: [3], tokens: ["[SEP]"] },
    },
  },
  decoder: null,
  model: { type: "WordLevel", unk_token: "[UNK]", vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])) },
};

/** The files of the model, by their path in its repository. */
export function tinyModelFiles(): Record<string, string | Uint8Array> {
  return {
    "config.json": JSON.stringify({
      model_type: "bert",
      architectures: ["BertModel"],
      hidden_size: DIMENSIONS,
      max_position_embeddings: 512,
    }),
    "tokenizer.json": JSON.stringify(tokenizer),
    "tokenizer_config.json": JSON.stringify({
      tokenizer_class: "PreTrainedTokenizerFast",
      model_max_length: MAX_TOKENS,
      pad_token: "[PAD]",
      unk_token: "[UNK]",
      cls_token: "[CLS]",
      sep_token: "[SEP]",
    }),
    "onnx/model.onnx": onnxModel(1),
    "onnx/model_quantized.onnx": onnxModel(2),
  };
}

/** Writes the model into `folder`, without the files named in `except`. */
export async function writeTinyModel(folder: string, except: readonly string[] = []): Promise<void> {
  for (const [name, content] of Object.entries(tinyModelFiles())) {
    if (except.includes(name)) continue;
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** What the model has to give for a text, computed here: `words` are its tokens without [CLS] and [SEP]. */
export function expectedVector(words: readonly string[], pooling: "mean" | "cls", seed: number): Float32Array {
  const all = ["[CLS]", ...words, "[SEP]"].slice(0, MAX_TOKENS);
  const vectors = all.map((word) => tokenVector(Math.max(vocabulary.indexOf(word as "[PAD]"), 0) || 1, seed));
  const mean = Float64Array.from(
    { length: DIMENSIONS },
    (_, i) => vectors.reduce((sum, vector) => sum + (vector[i] ?? 0), 0) / vectors.length,
  );
  const pooled = mean.map((value, i) => value + (pooling === "mean" ? value : (vectors[0]?.[i] ?? 0)));
  const length = Math.hypot(...pooled);
  return Float32Array.from(pooled, (value) => value / length);
}
