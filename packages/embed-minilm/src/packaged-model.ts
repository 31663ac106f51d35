import { fromBase64, gunzip, modelModule } from "@sotto-internal/embedding";

/** A model's files, as they are before they are packed. */
export interface ModelFiles {
  /** `tokenizer.json` */
  tokenizer: Uint8Array;
  /** `tokenizer_config.json` */
  tokenizerConfig: Uint8Array;
  /** `token-directions.f32`: 384 x 128 little-endian float32, row-major. */
  directions: Uint8Array;
  /** The ONNX graph. */
  graph: Uint8Array;
}

const PARTS = ["tokenizer", "tokenizerConfig", "directions", "graph"] as const satisfies (keyof ModelFiles)[];
const file = modelModule(import.meta.url, "@sotto/embed-minilm", "all-minilm-l6-v2", PARTS);

/** The packaged model: read as a file where it lies as one, imported where a bundler moved the code. */
export async function readPackagedModel(): Promise<ModelFiles> {
  const packed = file.isFile() ? await file.read() : await importPacked();
  const [tokenizer, tokenizerConfig, directions, graph] = await Promise.all([
    gunzip(packed.tokenizer),
    gunzip(packed.tokenizerConfig),
    gunzip(packed.directions),
    gunzip(packed.graph),
  ]);
  return { tokenizer, tokenizerConfig, directions, graph };
}

async function importPacked(): Promise<ModelFiles> {
  const packed = await import("../model/all-minilm-l6-v2.js");
  return {
    tokenizer: fromBase64(packed.tokenizer),
    tokenizerConfig: fromBase64(packed.tokenizerConfig),
    directions: fromBase64(packed.directions),
    graph: fromBase64(packed.graph),
  };
}
