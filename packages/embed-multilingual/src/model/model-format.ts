import { modelInvalid } from "../multilingual-model-error.ts";

/** Name and version of the model, and what an index remembers. */
export const MODEL_ID = "use-multilingual-v3";

/**
 * What stands at the beginning of the model's file. The file is one gzip stream of
 *
 * 1. the length of the header, uint32 little-endian;
 * 2. the header, JSON;
 * 3. the sections that the header lists, one after the other: `pieces` (a piece a line), `scores` (float32, one a piece),
 *    `charsmap` (SentencePiece's precompiled normaliser), the network's vectors (float32) and matrices (int8 with a
 *    `scale`, in the kernel's order), and last the `table` (uint8, a row of `dimensions` a piece, in the order of
 *    `tableRow`). Numbers are little-endian.
 */
export interface ModelHeader {
  format: 1;
  id: typeof MODEL_ID;
  /** Rows of the table. */
  rows: number;
  /** Length of a row, and of a text's vector. */
  dimensions: number;
  /** How many scales the table has: row p has scale `p % chunks`. */
  chunks: number;
  /** Of the layer norms. */
  epsilon: number;
  sections: readonly SectionHeader[];
}

export interface SectionHeader {
  name: string;
  bytes: number;
  /** Of a tensor: its length, or inputs and outputs of a matrix. */
  shape?: readonly number[];
  /** Of a matrix: its values are whole numbers from -127 to 127 times this. */
  scale?: number;
}

/** Longest header that is believed. */
export const MOST_HEADER_BYTES = 65_536;

/** Throws a `MultilingualModelError` (`model.invalid`) for what is no header of this format. */
export function parseHeader(bytes: Uint8Array): ModelHeader {
  let header: Partial<ModelHeader>;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes)) as Partial<ModelHeader>;
  } catch (cause) {
    throw modelInvalid("its header is not JSON", cause);
  }
  if (header.format !== 1) throw modelInvalid(`its format should be 1, but is ${JSON.stringify(header.format)}`);
  if (header.id !== MODEL_ID)
    throw modelInvalid(`its id should be ${JSON.stringify(MODEL_ID)}, but is ${JSON.stringify(header.id)}`);
  for (const field of ["rows", "dimensions", "chunks", "epsilon"] as const) {
    const value = header[field];
    if (!(typeof value === "number" && value > 0 && Number.isFinite(value)))
      throw modelInvalid(`its ${field} should be a number above 0, but is ${JSON.stringify(value)}`);
  }
  if (!Array.isArray(header.sections)) throw modelInvalid("its header lists no sections");
  for (const section of header.sections as readonly Partial<SectionHeader>[]) {
    if (typeof section?.name !== "string" || !Number.isSafeInteger(section.bytes) || Number(section.bytes) < 0)
      throw modelInvalid(`a section should have a name and a size, but is ${JSON.stringify(section)}`);
  }
  return header as ModelHeader;
}

/** Place of a piece's row in the table: rows of scale 0 stand first, then those of scale 1, and so on. */
export function tableRow({ rows, chunks }: Pick<ModelHeader, "rows" | "chunks">, piece: number): number {
  const chunk = piece % chunks;
  const whole = Math.floor(rows / chunks);
  // The first `rows % chunks` scales have one row more.
  return chunk * whole + Math.min(chunk, rows % chunks) + (piece - chunk) / chunks;
}
