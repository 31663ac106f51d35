import { parseModelMeta, type StaticModelMeta } from "./model-meta.ts";
import { StaticModelError } from "./static-model-error.ts";

/** The four files of a model, read by you. */
export interface StaticModelFiles {
  /** `vocab.txt`: one word a line; line i is row i. */
  vocab: string | Uint8Array;
  /** `vectors.i8`: `rows` x `dim` signed bytes, row-major. */
  vectors: Int8Array | Uint8Array | ArrayBuffer;
  /** `scales.f32`: one little-endian float32 a row; row i is `vectors[i] * scales[i]`. */
  scales: Float32Array | Uint8Array | ArrayBuffer;
  /** `meta.json`, parsed or as text. */
  meta: StaticModelMeta | string | Uint8Array;
}

/** A model in memory, as `loadStaticModel` and `readStaticModel` answer it. */
export interface StaticModel {
  readonly meta: Required<StaticModelMeta>;
  /** Row of each known word. */
  readonly rowOf: ReadonlyMap<string, number>;
  readonly vectors: Int8Array;
  readonly scales: Float32Array;
}

/**
 * Puts a model together from the content of its files.
 *
 * Throws a `StaticModelError` (`model.invalid`) naming the file, what was expected and what was found, when the format
 * is not known, sizes disagree, a word appears twice or a scale is not a finite number of at least 0.
 */
export function loadStaticModel(files: StaticModelFiles): StaticModel {
  const meta = parseModelMeta(metaJson(files.meta));
  const vectors = asInt8Array(files.vectors);
  expectSize("vectors.i8", "bytes", meta.rows * meta.dim, vectors.length);
  const scales = asFloat32Array(files.scales, meta.rows);
  scales.forEach((scale, row) => {
    if (!(scale >= 0 && scale < Number.POSITIVE_INFINITY)) {
      invalid("scales.f32", `row ${row} should be a finite number of at least 0, but is ${scale}`, {
        row,
        actual: String(scale),
      });
    }
  });
  return { meta, rowOf: rowsByWord(files.vocab, meta.rows), vectors, scales };
}

function metaJson(meta: StaticModelFiles["meta"]): unknown {
  if (typeof meta === "object" && !(meta instanceof Uint8Array)) return meta;
  try {
    return JSON.parse(asText(meta));
  } catch (cause) {
    throw new StaticModelError("model.invalid", "meta.json", "it is not JSON", {}, { cause });
  }
}

function rowsByWord(vocab: StaticModelFiles["vocab"], rows: number): ReadonlyMap<string, number> {
  const lines = asText(vocab).split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  expectSize("vocab.txt", "lines", rows, lines.length);
  const rowOf = new Map<string, number>();
  lines.forEach((word, row) => {
    if (word === "") invalid("vocab.txt", `line ${row + 1} should be a word, but is empty`, { line: row + 1 });
    const first = rowOf.get(word);
    if (first !== undefined) {
      invalid(
        "vocab.txt",
        `line ${row + 1} should be a new word, but is ${JSON.stringify(word)} as line ${first + 1} is`,
        {
          line: row + 1,
          actual: word,
        },
      );
    }
    rowOf.set(word, row);
  });
  return rowOf;
}

function asText(content: string | Uint8Array): string {
  return typeof content === "string" ? content : new TextDecoder().decode(content);
}

function asInt8Array(content: StaticModelFiles["vectors"]): Int8Array {
  if (content instanceof Int8Array) return content;
  if (ArrayBuffer.isView(content)) return new Int8Array(content.buffer, content.byteOffset, content.byteLength);
  return new Int8Array(content);
}

function asFloat32Array(content: StaticModelFiles["scales"], rows: number): Float32Array {
  expectSize("scales.f32", "bytes", rows * 4, content.byteLength);
  if (content instanceof Float32Array) return content;
  const bytes = ArrayBuffer.isView(content) ? content : new Uint8Array(content);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: rows }, (_, row) => view.getFloat32(row * 4, true));
}

function expectSize(file: string, unit: string, expected: number, actual: number): void {
  if (actual !== expected) {
    invalid(file, `it should have ${expected} ${unit} to agree with meta.json, but has ${actual}`, {
      expected,
      actual,
    });
  }
}

function invalid(file: string, reason: string, details: Record<string, unknown>): never {
  throw new StaticModelError("model.invalid", file, reason, details);
}
