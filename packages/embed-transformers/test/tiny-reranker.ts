import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { encodeOnnx, FLOAT, floats, INT64, integers, node, tensorInfo } from "./onnx-proto.ts";
import { DIMENSIONS, tinyModelFiles, tokenVector, vocabulary } from "./tiny-model.ts";

const SEED = 3;

/** A cross-encoder's shape: the logit is the product of the sum of the query's token vectors with that of the document's. */
function onnxModel(labels: readonly number[]): Uint8Array {
  const table = new Float32Array(vocabulary.length * DIMENSIONS);
  for (const token of vocabulary.keys()) table.set(tokenVector(token, SEED), token * DIMENSIONS);
  const input = (name: string) => tensorInfo(name, INT64, ["batch", "tokens"]);
  return encodeOnnx({
    ir_version: 8,
    opset_import: [{ domain: "", version: 13 }],
    graph: {
      name: "tiny",
      initializer: [
        floats("table", [vocabulary.length, DIMENSIONS], table),
        floats("labels", [1, labels.length], Float32Array.from(labels)),
        integers("axis1", [1]),
        integers("axis2", [2]),
      ],
      input: [input("input_ids"), input("attention_mask"), input("token_type_ids")],
      output: [tensorInfo("logits", FLOAT, ["batch", labels.length])],
      node: [
        node("Gather", ["table", "input_ids"], "own"),
        node("Cast", ["attention_mask"], "mask_floats", { to: FLOAT }),
        node("Unsqueeze", ["mask_floats", "axis2"], "mask"),
        node("Cast", ["token_type_ids"], "type_floats", { to: FLOAT }),
        node("Unsqueeze", ["type_floats", "axis2"], "type"),
        node("Mul", ["own", "mask"], "masked"),
        node("Mul", ["masked", "type"], "second"),
        node("ReduceSum", ["masked", "axis1"], "both", { keepdims: 0 }),
        node("ReduceSum", ["second", "axis1"], "document", { keepdims: 0 }),
        node("Sub", ["both", "document"], "query"),
        node("Mul", ["query", "document"], "products"),
        node("ReduceSum", ["products", "axis1"], "logit", { keepdims: 1 }),
        node("Mul", ["logit", "labels"], "logits"),
      ],
    },
  });
}

/** Writes a cross-encoder into `folder`; `labels` are the factors of its logits. */
export async function writeTinyReranker(folder: string, labels: readonly number[] = [1]): Promise<void> {
  const { "tokenizer.json": tokenizerText, ...files } = tinyModelFiles();
  const tokenizer = JSON.parse(tokenizerText as string);
  tokenizer.post_processor.pair = [
    ...tokenizer.post_processor.single,
    { Sequence: { id: "B", type_id: 1 } },
    { SpecialToken: { id: "[SEP]", type_id: 1 } },
  ];
  const written: Record<string, string | Uint8Array> = {
    ...files,
    "config.json": JSON.stringify({
      model_type: "bert",
      architectures: ["BertForSequenceClassification"],
      hidden_size: DIMENSIONS,
      max_position_embeddings: 512,
    }),
    "tokenizer.json": JSON.stringify(tokenizer),
    "tokenizer_config.json": JSON.stringify({
      ...JSON.parse(files["tokenizer_config.json"] as string),
      tokenizer_class: "BertTokenizer",
      model_max_length: 512,
    }),
    "onnx/model.onnx": onnxModel(labels),
    "onnx/model_quantized.onnx": onnxModel(labels),
  };
  for (const [name, content] of Object.entries(written)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** What the model has to give, computed here: `query` and `document` are words without special tokens. */
export function expectedLogit(query: readonly string[], document: readonly string[]): number {
  const sum = (words: readonly string[]) => {
    const total = new Float64Array(DIMENSIONS);
    for (const word of words) {
      const vector = tokenVector(vocabulary.indexOf(word as "[PAD]"), SEED);
      for (let i = 0; i < DIMENSIONS; i++) total[i] = (total[i] ?? 0) + (vector[i] ?? 0);
    }
    return total;
  };
  const first = sum(["[CLS]", ...query, "[SEP]"]);
  const second = sum([...document, "[SEP]"]);
  return first.reduce((product, value, i) => product + value * (second[i] ?? 0), 0);
}
