import type { Clock } from "../../clock.ts";
import { InvalidArgumentError } from "../../errors/index.ts";
import { defaultLimits, type Limits } from "../../limits.ts";
import type { Logger } from "../../logger.ts";
import { type Check, checkOptions, group, having, listOf, type OptionShape, text, whole } from "../../options.ts";
import type { Storage } from "../../storage/index.ts";
import type { Embedder } from "../embedding/index.ts";
import type { Reranker } from "../search/index.ts";
import { validateName } from "../validate/index.ts";

export interface EngineOptions {
  /** Where the logs of the indexes are; who opened it closes it. Default: in memory. */
  storage?: Storage;
  /** What the keys of all indexes begin with. Default `default`. */
  project?: string;
  /** Default: `@sotto/embed-static`. */
  embedder?: Embedder;
  /** Further embedders that indexes may name. */
  embedders?: readonly Embedder[];
  reranker?: Reranker;
  limits?: Partial<Limits>;
  logger?: Logger;
  clock?: Clock;
}

const embedder: Check = (value, name) => {
  having("an Embedder", "embed")(value, name);
  const { id, dimensions, calibration } = value as Partial<Embedder>;
  text(id, `${name}.id`);
  whole(8, 8_192)(dimensions, `${name}.dimensions`);
  if (Number(dimensions) % 8 !== 0)
    throw new InvalidArgumentError(`${name}.dimensions`, `it is ${dimensions}; it must be a multiple of 8`);
  if (calibration === undefined || !(calibration.low < calibration.high))
    throw new InvalidArgumentError(`${name}.calibration`, "it must be { low, high } with low below high");
};

const limits = Object.fromEntries(Object.keys(defaultLimits).map((name) => [name, whole(1)])) as OptionShape<Limits>;

/** What each option of an engine may be; `createSotto` has them too. */
export const engineShape: OptionShape<EngineOptions> = {
  storage: having("a Storage", "open", "list", "delete", "close"),
  project: (value, name) => validateName(name, value, defaultLimits),
  embedder,
  embedders: listOf(embedder),
  reranker: having("a Reranker", "rerank"),
  limits: group(limits),
  logger: having("a Logger", "warn", "error"),
  clock: having("a Clock", "now", "monotonic", "after"),
};

/** Throws `argument.invalid`, or `limit.exceeded` for a project of more than 256 characters. */
export function checkEngineOptions(options: EngineOptions): void {
  checkOptions("createEngine", options, engineShape);
}
