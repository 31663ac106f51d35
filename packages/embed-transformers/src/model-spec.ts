import { type Calibration, InvalidArgumentError } from "@sotto/core";
import { type Dtype, dtypes } from "./dtype.ts";
import type { ModelProgress, TransformersEmbedderOptions } from "./options.ts";
import { type Pooling, type Preset, presets } from "./presets.ts";

/** The options with their defaults filled in. */
export interface ModelSpec {
  id: string;
  /** Repository on the hub, or the name of the local folder. */
  model: string;
  revision: string;
  dtype: Dtype;
  cacheDir: string | undefined;
  localPath: string | undefined;
  offline: boolean;
  /** Undefined only for `download`, which takes what the model gives. */
  dimensions: number | undefined;
  pooling: Pooling;
  queryPrefix: string;
  documentPrefix: string;
  maxTokens: number | undefined;
  calibration: Calibration;
  defaultAlpha: number;
  batchSize: number;
  device: string | undefined;
  intraOpThreads: number;
  onProgress: ((progress: ModelProgress) => void) | undefined;
}

/** Fills in defaults. Throws `InvalidArgumentError` (`argument.invalid`) naming the option that is missing or out of range. */
export function modelSpec(options: TransformersEmbedderOptions): ModelSpec {
  const preset = presetOf(options);
  const { localPath, revision = "main", dtype = "q8" } = options;
  const model = options.model ?? preset?.model ?? localPath?.split(/[\\/]/).findLast((part) => part !== "");
  if (model === undefined || model === "") invalid("preset", "give preset, model or localPath");
  if (localPath === undefined && !/^[\w.-]+(\/[\w.-]+)?$/.test(model)) {
    invalid(
      "model",
      `${JSON.stringify(model)} is no repository of the hub (owner/name); a folder belongs in localPath`,
    );
  }
  if (!dtypes.includes(dtype)) invalid("dtype", `${JSON.stringify(dtype)} is not one of ${dtypes.join(", ")}`);

  const {
    pooling = preset?.pooling ?? "mean",
    queryPrefix = preset?.queryPrefix ?? "",
    documentPrefix = preset?.documentPrefix ?? "",
  } = options;
  if (pooling !== "mean" && pooling !== "cls") invalid("pooling", `${JSON.stringify(pooling)} is not mean or cls`);
  const {
    dimensions = preset?.dimensions,
    maxTokens = preset?.maxTokens,
    batchSize = 32,
    intraOpThreads = 1,
    defaultAlpha = 0.5,
  } = options;
  if (dimensions !== undefined) {
    expectInteger("dimensions", dimensions, 8, 4096);
    if (dimensions % 8 !== 0) invalid("dimensions", `${dimensions} is not a multiple of 8`);
  }
  if (maxTokens !== undefined) expectInteger("maxTokens", maxTokens, 3, 1_000_000);
  expectInteger("batchSize", batchSize, 1, 4_096);
  expectInteger("intraOpThreads", intraOpThreads, 1, 1_024);
  if (!(defaultAlpha >= 0 && defaultAlpha <= 1)) invalid("defaultAlpha", `${defaultAlpha} is not in [0, 1]`);
  const { calibration = preset?.calibration ?? { low: 0, high: 1 } } = options;
  if (!(calibration.low < calibration.high))
    invalid("calibration", `low ${calibration.low} is not below high ${calibration.high}`);

  const {
    id = [`${model}@${revision}`, dtype, pooling, documentPrefix && JSON.stringify(documentPrefix)]
      .filter(Boolean)
      .join(":"),
  } = options;
  const { cacheDir, offline = false, device, onProgress } = options;
  return {
    id,
    model,
    revision,
    dtype,
    cacheDir,
    localPath,
    offline,
    dimensions,
    pooling,
    queryPrefix,
    documentPrefix,
    maxTokens,
    calibration: { ...calibration },
    defaultAlpha,
    batchSize,
    device,
    intraOpThreads,
    onProgress,
  };
}

function presetOf({ preset }: TransformersEmbedderOptions): Preset | undefined {
  if (preset === undefined) return undefined;
  if (!Object.hasOwn(presets, preset))
    invalid("preset", `${JSON.stringify(preset)} is not one of ${Object.keys(presets).join(", ")}`);
  return presets[preset];
}

function expectInteger(argument: string, value: number, from: number, to: number): void {
  if (!Number.isInteger(value) || value < from || value > to)
    invalid(argument, `${value} is not an integer from ${from} to ${to}`);
}

function invalid(argument: string, reason: string): never {
  throw new InvalidArgumentError(argument, reason);
}
