import { parseArgs } from "node:util";
import { EMBEDDERS, type EmbedderName } from "./quality/embedders.ts";

export const SUITES = ["engine", "load", "text", "embed", "memory"] as const;
export type Suite = (typeof SUITES)[number];

export const HELP = `Measures Sotto side by side with other libraries. Nothing is asserted; every figure is printed.

  npm run bench                            every suite, 10,000 and 100,000 documents
  npm run bench -- --quick                 10,000 documents, fewer queries
  npm run bench -- quality --sets DIR      retrieval quality on every *.ir.json in DIR
  npm run bench -- quality --conversations retrieval quality on generated conversations
  npm run bench -- quality memory          what memory keeps and recall shows, on generated conversations
  npm run bench -- faults                  kills, forget races, floods and file bombs: tries and failures

Options
  --only LIST        suites, of: ${SUITES.join(", ")}
  --documents LIST   sizes, for example 10000,100000,1000000 (the last takes some 6 GB of memory)
  --rounds N         interleaved runs of which the median is shown (default 5)
  --queries N        most queries of one contender in one run (default 2,000)
  --sets DIR         quality: a directory of sets
  --conversations    quality: adds conversations from the seeds 1, 2 and 3
  --locomo FILE      quality memory: also the conversations of LoCoMo (locomo10.json), which you have
  --longmemeval FILE quality memory: also those of LongMemEval
  --embedder NAME    quality: ${Object.keys(EMBEDDERS).join(" or ")} (default static)
  --json             one JSON object on stdout instead of tables
  --quick            10,000 documents, 3 runs, 300 queries, a smaller memory suite
  --help             this text`;

export interface BenchArguments {
  command: "bench" | "quality" | "quality memory" | "faults";
  only: readonly Suite[];
  documents: readonly number[];
  rounds: number;
  queries: number;
  quick: boolean;
  json: boolean;
  help: boolean;
  sets: string | undefined;
  conversations: boolean;
  embedder: EmbedderName;
  locomo: string | undefined;
  longMemEval: string | undefined;
}

/** Throws an Error that says which argument is wrong. */
export function readArguments(args: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    // npm and node --run hand on the "--" that parts their arguments from ours.
    args: args.filter((arg) => arg !== "--"),
    allowPositionals: true,
    options: {
      only: { type: "string" },
      documents: { type: "string" },
      rounds: { type: "string" },
      queries: { type: "string" },
      sets: { type: "string" },
      conversations: { type: "boolean", default: false },
      embedder: { type: "string", default: "static" },
      locomo: { type: "string" },
      longmemeval: { type: "string" },
      quick: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const command = positionals.length === 0 ? "bench" : positionals.join(" ");
  if (command !== "bench" && command !== "quality" && command !== "quality memory" && command !== "faults")
    throw new Error(`"${command}" is no command; there are: quality, quality memory, faults, or none`);
  const { quick, conversations, sets } = values;
  if (command === "quality" && sets === undefined && !conversations && !values.help)
    throw new Error("quality needs --sets DIR or --conversations");
  return {
    command,
    only: values.only === undefined ? SUITES : list(values.only, "--only").map(suite),
    documents:
      values.documents === undefined
        ? quick
          ? [10_000]
          : [10_000, 100_000]
        : list(values.documents, "--documents").map((value) => whole(value, "--documents", 100)),
    rounds: values.rounds === undefined ? (quick ? 3 : 5) : whole(values.rounds, "--rounds", 1),
    queries: values.queries === undefined ? (quick ? 300 : 2_000) : whole(values.queries, "--queries", 1),
    quick,
    json: values.json,
    help: values.help,
    sets,
    conversations,
    embedder: embedderName(values.embedder),
    locomo: values.locomo,
    longMemEval: values.longmemeval,
  };
}

function embedderName(value: string): EmbedderName {
  if (Object.hasOwn(EMBEDDERS, value)) return value as EmbedderName;
  throw new Error(`--embedder: there is no embedder "${value}"; there are ${Object.keys(EMBEDDERS).join(", ")}`);
}

function list(value: string, option: string): string[] {
  const parts = value.split(",").filter((part) => part !== "");
  if (parts.length === 0) throw new Error(`${option} is an empty list`);
  return parts;
}

function suite(name: string): Suite {
  if ((SUITES as readonly string[]).includes(name)) return name as Suite;
  throw new Error(`--only: there is no suite "${name}"; there are ${SUITES.join(", ")}`);
}

function whole(value: string, option: string, least: number): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= least) return number;
  throw new Error(`${option}: ${value} is not a whole number from ${least}`);
}
