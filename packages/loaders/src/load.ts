import { readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Document } from "@sotto/core";
import { OWN_FIELDS } from "./documents/clean-metadata.ts";
import { toDocuments } from "./documents/to-documents.ts";
import { contentHash, hashedOptions } from "./files/content-hash.ts";
import { loaderFor, loaderOfType } from "./formats/registry.ts";
import { sniffType } from "./formats/sniff.ts";
import { defaultLoadLimits, type LoadLimits } from "./limits.ts";
import { LoadError, overLimit, unreadable } from "./load-error.ts";
import type { LoadOptions } from "./options.ts";
import { audit } from "./report/audit.ts";
import { Ledger } from "./report/ledger.ts";
import type { LoadReport } from "./report/load-report.ts";
import { Source } from "./source.ts";
import type { SourceType } from "./source-type.ts";

export interface LoadResult {
  documents: Document[];
  report: LoadReport;
}

/** What `load` sets by itself: no text of the file. */
const SET_FIELDS: ReadonlySet<string> = new Set([...OWN_FIELDS, "place", "row"]);

/**
 * Loads one file, or bytes, as documents ready for `createIndex`, with a report of what was kept and what was left out.
 *
 * Every text of the file is in a document's text, title or metadata, or in `report.leftOut` with its place and a reason;
 * `load` counts both sides itself. It reads in your thread: for files of strangers use a `LoadWorker`.
 *
 * @example
 * const { documents, report } = await load("prices.csv");
 * for (const { place, reason, what } of report.leftOut) console.warn(place, reason, what ?? "");
 * @throws LoadError for a file that cannot be read, or is over one of the limits; `ENOENT` for one that is not there.
 */
export async function load(source: string | URL | Uint8Array, options: LoadOptions = {}): Promise<LoadResult> {
  const limits = { ...defaultLoadLimits, ...options.limits };
  const bytes = await bytesOf(source, limits);
  const fileName = options.name ?? (source instanceof Uint8Array ? "document" : basename(String(source)));
  const name = basename(fileName);
  const loader = loaderOfType(options.type) ?? loaderFor(name) ?? loaderOfType(sniffType(bytes));
  if (loader === undefined) throw new LoadError("loader.unknown_type", unknownType(name));
  const ledger = new Ledger(options.strict);
  const settings = { options, limits, ledger, deadline: performance.now() + limits.timeMs };
  const parts = await guarded(loader.type, () => loader.load(new Source(name, bytes, settings)));
  const documents = toDocuments(parts, {
    source: fileName,
    type: loader.type,
    contentHash: options.contentHash ?? contentHash(bytes, hashedOptions(options)),
    metadata: options.metadata ?? {},
    limits,
  });
  const own = new Set([...SET_FIELDS, ...Object.keys(options.metadata ?? {})]);
  return { documents, report: { type: loader.type, ...audit(ledger, documents, own) } };
}

async function bytesOf(source: string | URL | Uint8Array, { inputBytes }: LoadLimits): Promise<Uint8Array> {
  const size = source instanceof Uint8Array ? source.length : (await stat(source)).size;
  if (size > inputBytes) throw overLimit("inputBytes", inputBytes, size, "bytes of the file");
  return source instanceof Uint8Array ? source : readFile(source);
}

/** Whatever a parser throws means that the file cannot be read as what it is said to be. */
async function guarded<T>(type: SourceType, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (LoadError.isInstance(error)) throw error;
    if (error instanceof RangeError && /call stack/i.test(error.message)) {
      throw unreadable(`not a ${type} file that can be read: it is nested too deep`, error);
    }
    throw unreadable(
      `not a ${type} file that can be read: ${error instanceof Error ? error.message : "it is damaged"}`,
      error,
    );
  }
}

function unknownType(name: string): string {
  const dot = name.lastIndexOf(".");
  const what = dot > 0 ? `${name.slice(dot).slice(0, 20)} files are not read` : "it is not known what it is";
  return `${what}; convert it to one of the types that are, or name its type`;
}
