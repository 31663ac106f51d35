import { type Embedder, validateName } from "./engine/index.ts";
import { InvalidArgumentError } from "./errors/index.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import {
  type Check,
  checkOptions,
  duration,
  group,
  having,
  listOf,
  number,
  type OptionShape,
  text,
  whole,
} from "./options.ts";
import type { SottoOptions } from "./sotto.ts";

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

const storage: Check = (value, name) =>
  typeof value === "string"
    ? text(value, name)
    : having("a Storage or a folder", "open", "list", "delete", "close")(value, name);

const consolidator: Check = (value, name) => {
  having("a Consolidator", "consolidate")(value, name);
  text((value as { id?: unknown }).id, `${name}.id`);
};

const shape: OptionShape<SottoOptions> = {
  storage,
  embedder,
  embedders: listOf(embedder),
  project: text,
  agent: text,
  consolidator,
  reranker: having("a Reranker", "rerank"),
  limits: (value, name) => group<Limits>(mapped(defaultLimits, () => whole(1)))(value, name),
  recall: group({ orgIndexes: listOf(text), minScore: number(0, 1), timeoutMs: duration }),
  retention: group({ sessionsMs: duration, permanentMs: duration }),
  pool: group({ maxConcurrentUsers: whole(1), idleTtlMs: whole(1) }),
  logger: having("a Logger", "warn", "error"),
  clock: having("a Clock", "now", "monotonic", "after"),
};

/**
 * Checks what `createSotto` was given, names included. Throws `argument.invalid`, or `limit.exceeded` for a name that is
 * too long.
 */
export function checkSottoOptions(options: SottoOptions): void {
  checkOptions("createSotto", options, shape);
  const limits = { ...defaultLimits, ...options.limits };
  if (options.project !== undefined) validateName("project", options.project, limits);
  if (options.agent !== undefined) validateName("agent", options.agent, limits);
}

function mapped<Key extends string>(keys: Readonly<Record<Key, unknown>>, check: () => Check): Record<Key, Check> {
  return Object.fromEntries(Object.keys(keys).map((key) => [key, check()])) as Record<Key, Check>;
}
