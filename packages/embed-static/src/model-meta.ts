import { StaticModelError } from "./static-model-error.ts";

/** The newest `meta.json` this loader reads. */
export const FORMAT_VERSION = 1;

/** What `meta.json` says of a model. */
export interface StaticModelMeta {
  /** Version of the file format: 1. */
  readonly formatVersion: number;
  /** Name and version of the model, for example `static-v2`; the id of its embedder. */
  readonly id: string;
  /** Length of a vector; a multiple of 8, from 8 to 4096. */
  readonly dim: number;
  /** Number of words. */
  readonly rows: number;
  /** Cosines that count as a score of 0 and of 1. Default 0 and 1. */
  readonly calibration?: { readonly low: number; readonly high: number };
  /** Share of the dense score in hybrid search, in [0, 1]. Default 0.4. */
  readonly defaultAlpha?: number;
}

/** Checks parsed JSON; throws a `StaticModelError` that names the field, what is expected and what is there. */
export function parseModelMeta(value: unknown): Required<StaticModelMeta> {
  if (typeof value !== "object" || value === null) fail("it", "a JSON object", value);
  const meta = value as Partial<Record<keyof StaticModelMeta, unknown>>;
  if (meta.formatVersion !== FORMAT_VERSION)
    fail("formatVersion", `${FORMAT_VERSION} (the format this version reads)`, meta.formatVersion);
  const { id, dim, rows, calibration = { low: 0, high: 1 }, defaultAlpha = 0.4 } = meta;
  if (typeof id !== "string" || id === "") fail("id", "a name", id);
  if (!isInteger(dim) || dim < 8 || dim > 4096 || dim % 8 !== 0) fail("dim", "a multiple of 8 from 8 to 4096", dim);
  if (!isInteger(rows) || rows < 1) fail("rows", "a positive integer", rows);
  const { low, high } = (calibration ?? {}) as { low?: unknown; high?: unknown };
  if (!isNumber(low) || !isNumber(high) || low >= high)
    fail("calibration", "{ low, high } with low < high", calibration);
  if (!isNumber(defaultAlpha) || defaultAlpha < 0 || defaultAlpha > 1)
    fail("defaultAlpha", "a number in [0, 1]", defaultAlpha);
  return { formatVersion: FORMAT_VERSION, id, dim, rows, calibration: { low, high }, defaultAlpha };
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

function fail(field: string, expected: string, actual: unknown): never {
  const shown = JSON.stringify(actual) ?? "undefined";
  throw new StaticModelError(
    "model.invalid",
    "meta.json",
    `${field} should be ${expected}, but is ${shown.slice(0, 200)}`,
    {
      field,
      expected,
      actual: shown.slice(0, 200),
    },
  );
}
