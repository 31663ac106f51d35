import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Relevance } from "./metrics.ts";

export interface IrDocument {
  id: string;
  /** Documents of one group are searched by the queries of that group alone. */
  group?: string;
  text: string;
  /** What is searched: the text with what belongs to it. Default: `Speaker: text` where there is a speaker. */
  full?: string;
  speaker?: string;
  /** The conversation that a turn belongs to. */
  session?: string;
}

export interface IrQuery {
  id: string;
  group?: string;
  text: string;
  /** Kind of the query; scores are also shown kind by kind. */
  kind?: string;
}

/** Documents, queries, and which document answers which query. */
export interface IrSet {
  name: string;
  corpus: readonly IrDocument[];
  queries: readonly IrQuery[];
  qrels: Readonly<Record<string, Relevance>>;
}

/** Every `*.ir.json` of a directory, by name. Throws an Error for a directory without one and for a file that is none. */
export function readIrSets(directory: string): IrSet[] {
  const files = globSync("*.ir.json", { cwd: directory }).sort();
  if (files.length === 0) throw new Error(`There is no *.ir.json in ${directory}`);
  return files.map((file) => parseIrSet(readFileSync(join(directory, file), "utf8"), basename(file, ".ir.json")));
}

export function parseIrSet(json: string, fallbackName: string): IrSet {
  const set = JSON.parse(json) as Partial<IrSet>;
  for (const part of ["corpus", "queries"] as const)
    if (!Array.isArray(set[part])) throw new Error(`${fallbackName}: "${part}" is not an array`);
  if (typeof set.qrels !== "object" || set.qrels === null) throw new Error(`${fallbackName}: "qrels" is not an object`);
  return { ...(set as IrSet), name: set.name ?? fallbackName };
}

export function searchedText({ full, speaker, text }: IrDocument): string {
  return full ?? (speaker === undefined ? text : `${speaker}: ${text}`);
}

/** The set's groups; a set without groups is one. Queries without a relevant document are left out. */
export function groupsOf(set: IrSet): { corpus: IrDocument[]; queries: IrQuery[] }[] {
  const groups = new Map<string, { corpus: IrDocument[]; queries: IrQuery[] }>();
  for (const document of set.corpus) {
    const group = groups.get(document.group ?? "") ?? { corpus: [], queries: [] };
    group.corpus.push(document);
    groups.set(document.group ?? "", group);
  }
  for (const query of set.queries)
    if (Object.keys(set.qrels[query.id] ?? {}).length > 0) groups.get(query.group ?? "")?.queries.push(query);
  return [...groups.values()];
}
