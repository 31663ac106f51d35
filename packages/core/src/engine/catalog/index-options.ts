import { InvalidArgumentError } from "../../errors/index.ts";
import {
  callable,
  checkOptions,
  elsewhere,
  flag,
  listOf,
  type OptionShape,
  oneOf,
  signal,
  text,
  whole,
} from "../../options.ts";
import { describeValue, isPlainObject } from "../documents/index.ts";
import type { Filter } from "../filter/index.ts";
import type {
  AddDocsOptions,
  CreateIndexOptions,
  DeleteDocsOptions,
  GetDocsOptions,
  LoadIndexOptions,
} from "./index-types.ts";

const id = (value: unknown, name: string): void => {
  if (typeof value !== "string")
    throw new InvalidArgumentError(name, `it is ${describeValue(value)}; it must be a string`);
};

/** Checked with errors of their own: metadata, chunking and filters. */
export const createIndexShape: OptionShape<CreateIndexOptions> = {
  metadata: elsewhere,
  chunking: elsewhere,
  embedder: text,
  ifExists: oneOf("append", "replace", "error"),
  searchable: flag,
  onProgress: callable,
  signal,
};

export const addDocsShape: OptionShape<AddDocsOptions> = {
  upsert: flag,
  onProgress: callable,
  signal,
  idempotencyKey: text,
  durability: oneOf("commit", "queued"),
};

export const getDocsShape: OptionShape<GetDocsOptions> = {
  ids: listOf(id),
  filter: elsewhere,
  limit: whole(0),
  offset: whole(0),
};

export const deleteDocsShape: OptionShape<DeleteDocsOptions> = { erase: flag };

export const loadIndexShape: OptionShape<LoadIndexOptions> = { autoRefresh: flag };

/** The ids, or the filter, of a call of deleteDocs. */
export function checkDeletion(what: readonly string[] | { filter: Filter }): void {
  if (Array.isArray(what)) {
    listOf(id)(what, "ids");
    return;
  }
  if (!isPlainObject(what) || (what as { filter?: unknown }).filter === undefined)
    throw new InvalidArgumentError("ids", `they are ${describeValue(what)}; pass an array of ids, or { filter }`);
  checkOptions("deleteDocs", what as { filter: Filter }, { filter: elsewhere });
}
