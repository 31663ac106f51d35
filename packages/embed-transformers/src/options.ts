import type { Calibration } from "@sotto/core";
import type { Dtype } from "./dtype.ts";
import type { Pooling, PresetName } from "./presets.ts";
import type { RerankerPresetName } from "./reranker-presets.ts";

/** One file of a model is being read or downloaded. */
export interface ModelProgress {
  /** For example `onnx/model_quantized.onnx`. */
  file: string;
  loadedBytes: number;
  /** 0 where the server does not say. */
  totalBytes: number;
}

/** Which model, in which form, and where its files are kept. */
export interface ModelFiles {
  /** Repository on the hub, `owner/name`. Default: the preset's. */
  model?: string | undefined;
  /** Branch, tag or commit of the repository. Default `main`. */
  revision?: string | undefined;
  /** Precision of the weights. Default `q8`: a quarter of the size of `fp32`. */
  dtype?: Dtype | undefined;
  /** Folder for downloaded files, in the layout of the hub. Default: the one of transformers.js, inside `node_modules`. */
  cacheDir?: string | undefined;
  /** Called while files are read or downloaded. */
  onProgress?: (progress: ModelProgress) => void;
}

/** What `download` brings. */
export interface ModelSource extends ModelFiles {
  /** A model whose settings are known: an embedder's or a reranker's. */
  preset?: PresetName | RerankerPresetName | undefined;
  /** True for a cross-encoder. Default: what the preset is, else false. */
  reranker?: boolean | undefined;
}

/** What embedders and rerankers have in common. */
export interface RunOptions extends ModelFiles {
  /** Folder of the model itself (`config.json`, `tokenizer.json`, `tokenizer_config.json`, `onnx/`). Nothing is downloaded. */
  localPath?: string;
  /** Never downloads: what is not in `cacheDir` is an error that says how to fetch it. Default false. */
  offline?: boolean;
  /** Tokens, special ones included, after which a text is cut. Default: the preset's, else the model's own, at most 512. */
  maxTokens?: number;
  /**
   * Texts in one run of the model. Default 32; 1 for `q8`, `int8` and `uint8`, whose arithmetic looks at a whole batch, so
   * that a text's result would depend on its neighbours (and which on one thread gain nothing from batches).
   */
  batchSize?: number;
  /** Where the model runs, as transformers.js names it: `cpu`, `webgpu`, `cuda`, ... Default: its own choice. */
  device?: string;
  /** Threads of one run. Default 1: more are erratic on a busy machine. */
  intraOpThreads?: number;
}

/** Give `preset`, or `model` or `localPath` together with `dimensions`. */
export interface TransformersEmbedderOptions extends RunOptions {
  /** A model whose settings are known. */
  preset?: PresetName | undefined;
  /** What an index remembers of the model. Default: made of the model, revision, dtype, pooling and document prefix. */
  id?: string;
  /** Length of a vector; a multiple of 8, from 8 to 4096. Default: the preset's. */
  dimensions?: number;
  /** How token vectors become one. Default: the preset's, else `mean`. */
  pooling?: Pooling;
  /** Put before each query. Default: the preset's, else none. */
  queryPrefix?: string;
  /** Put before each document. Default: the preset's, else none. */
  documentPrefix?: string;
  /** Cosines that count as a score of 0 and of 1. Default: the preset's, else 0 and 1. */
  calibration?: Calibration;
  /** Share of the dense score in hybrid search, in [0, 1]. Default 0.3. */
  defaultAlpha?: number;
  /** False where names drown the rest of a short text (see `Embedder`). Default: the preset's, else true. */
  embedsNames?: boolean;
}

/** Give `preset`, or `model` or `localPath`. */
export interface TransformersRerankerOptions extends RunOptions {
  /** A cross-encoder whose settings are known. */
  preset?: RerankerPresetName | undefined;
  /** Default: made of the model, revision and dtype. */
  id?: string;
}
