import type { Calibration } from "@sotto/core";
import type { TransformersEmbedderOptions } from "./options.ts";
import { type Pooling, type Preset, presets } from "./presets.ts";
import { expectInteger, invalid, presetOf, type SourceSpec, sourceSpec } from "./source-spec.ts";

/** The options of an embedder with their defaults filled in. */
export interface ModelSpec extends SourceSpec {
  id: string;
  /** Undefined only for `download`, which takes what the model gives. */
  dimensions: number | undefined;
  pooling: Pooling;
  queryPrefix: string;
  documentPrefix: string;
  calibration: Calibration;
  defaultAlpha: number;
  embedsNames: boolean;
}

/** Fills in defaults. Throws `InvalidArgumentError` (`argument.invalid`) naming the option that is missing or out of range. */
export function modelSpec(options: TransformersEmbedderOptions): ModelSpec {
  const preset = presetOf<Preset>(presets, options.preset);
  const source = sourceSpec("embedding", options, preset);
  const {
    dimensions = preset?.dimensions,
    pooling = preset?.pooling ?? "mean",
    queryPrefix = preset?.queryPrefix ?? "",
    documentPrefix = preset?.documentPrefix ?? "",
    calibration = preset?.calibration ?? { low: 0, high: 1 },
    defaultAlpha = 0.3,
    embedsNames = preset?.embedsNames ?? true,
  } = options;
  if (pooling !== "mean" && pooling !== "cls") invalid("pooling", `${JSON.stringify(pooling)} is not mean or cls`);
  if (dimensions !== undefined) {
    expectInteger("dimensions", dimensions, 8, 4096);
    if (dimensions % 8 !== 0) invalid("dimensions", `${dimensions} is not a multiple of 8`);
  }
  if (!(defaultAlpha >= 0 && defaultAlpha <= 1)) invalid("defaultAlpha", `${defaultAlpha} is not in [0, 1]`);
  if (!(calibration.low < calibration.high))
    invalid("calibration", `low ${calibration.low} is not below high ${calibration.high}`);
  const {
    id = [`${source.model}@${source.revision}`, source.dtype, pooling, documentPrefix && JSON.stringify(documentPrefix)]
      .filter(Boolean)
      .join(":"),
  } = options;
  return {
    ...source,
    id,
    dimensions,
    pooling,
    queryPrefix,
    documentPrefix,
    calibration: { ...calibration },
    defaultAlpha,
    embedsNames,
  };
}
