import { existsSync } from "node:fs";
import { type Filter, hasCode, type QueryResult, type Sotto, SottoError } from "@sotto/core";
import { embedderNameOf } from "@sotto/core/node";
import type { Command } from "commander";
import { EXIT } from "../exit-code.ts";
import { processTerminal } from "../terminal/terminal.ts";
import { UsageError } from "../usage-error.ts";
import { nearNames } from "./near-names.ts";
import { collect, filterJson, share, wholeNumber } from "./parse-arguments.ts";
import { printHits } from "./print-hits.ts";
import { addStoreOptions, openSotto, type StoreOptions } from "./store-options.ts";

interface QueryFlags extends StoreOptions {
  index: string[];
  topK: number;
  alpha?: number;
  minScore?: number;
  filter?: Filter;
  explain?: boolean;
  json?: boolean;
  color: boolean;
}

export function queryCommand(program: Command): Command {
  const command = program
    .command("query")
    .summary("search one index or several")
    .description(
      "Searches indexes and prints the best hits. Exit code 0 with hits, 1 without any, 2 when the search could not be run.",
    )
    .argument("<text>", "what to search for")
    .requiredOption("-i, --index <name>", "index to search; repeatable", collect)
    .option("-k, --top-k <n>", "how many hits", wholeNumber(1, 1_000), 5)
    .option(
      "--alpha <0..1>",
      "share of meaning against words: 1 is meaning only, 0 is words only (default: the model's)",
      share,
    )
    .option("--min-score <0..1>", "leave out weaker hits", share)
    .option("--filter <json>", `only documents whose metadata match, for example '{"type":"pdf"}'`, filterJson)
    .option("--explain", "show how each score came about")
    .option("--json", "print the result as JSON")
    .option("--no-color", "no colours")
    .action(runQuery);
  return addStoreOptions(command);
}

async function runQuery(text: string, flags: QueryFlags): Promise<void> {
  if (!existsSync(flags.store))
    throw new UsageError(`There is no store in ${flags.store}. Make one with sotto ingest, or name it with --store.`);
  const terminal = processTerminal(flags);
  const sotto = await openSotto(flags);
  let result: QueryResult;
  try {
    result = await search(sotto, text, flags);
  } finally {
    await sotto.close();
  }
  if (flags.json) terminal.out(JSON.stringify(result, null, 2));
  else printHits(result, terminal);
  if (result.hits.length === 0) process.exitCode = EXIT.incomplete;
}

async function search(sotto: Sotto, text: string, flags: QueryFlags): Promise<QueryResult> {
  try {
    return await sotto.query(flags.index, text, {
      topK: flags.topK,
      ...(flags.alpha === undefined ? {} : { alpha: flags.alpha }),
      ...(flags.minScore === undefined ? {} : { minScore: flags.minScore }),
      ...(flags.filter === undefined ? {} : { filter: flags.filter }),
      ...(flags.explain === undefined ? {} : { explain: flags.explain }),
    });
  } catch (error) {
    if (hasCode(error, "index.not_found")) throw new UsageError(await unknownIndex(sotto, flags));
    if (hasCode(error, "index.embedder_mismatch")) throw new UsageError(otherEmbedder(error));
    if (SottoError.isInstance(error) && /^(query|filter|argument|limit)\./.test(error.code))
      throw new UsageError(error.message);
    throw error;
  }
}

async function unknownIndex(sotto: Sotto, flags: QueryFlags): Promise<string> {
  const names = (await sotto.listIndexes()).map(({ name }) => name);
  const unknown = flags.index.find((name) => !names.includes(name)) ?? "";
  const near = nearNames(unknown, names);
  const there = names.length === 0 ? "The store has none yet" : `There are: ${names.join(", ")}`;
  return `There is no index "${unknown}". ${near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `${there}.`}`;
}

function otherEmbedder(error: SottoError): string {
  const { embedderId, indexEmbedderId } = error.details;
  const name = embedderNameOf(String(indexEmbedderId));
  const remedy = name === undefined ? "" : ` Add --embedder ${name}.`;
  return `The index was built by the embedder ${String(indexEmbedderId)} and cannot be searched by ${String(embedderId)}.${remedy}`;
}
