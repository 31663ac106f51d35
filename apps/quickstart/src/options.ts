import { existsSync } from "node:fs";
import { parseArgs } from "node:util";

export interface Options {
  /** A folder of the user's own, indexed as `docs`. */
  docs: string | undefined;
  /** Further questions, asked of all indexes. */
  ask: string[];
  /** Folder of the store; without it a temporary one, removed at the end. */
  store: string | undefined;
  /** At most so many installed packages, in alphabetical order. Default: all. */
  packages: number;
  /** Queries timed at the end. */
  queries: number;
  json: boolean;
  help: boolean;
  /** Set for the second process. */
  secondCall: boolean;
}

export const HELP = `Sotto's main job: index real text, answer questions, hold a call, and remember it in another process.

Usage: npm run demo -- [options]

  --docs <dir>      index a folder of your own, too (Markdown, text, HTML, PDF, JSON, CSV)
  --ask <question>  ask it of all indexes; repeatable
  --store <dir>     keep the store there; without it a temporary one is used and removed
  --packages <n>    read the Markdown of at most n installed packages (default: all)
  --queries <n>     queries to time at the end (default: 1000)
  --json            one JSON object on stdout, and nothing else
  --help            this text

Exit code: 0 when every expected document was found and the call was remembered, 1 when not, 2 for wrong options.
`;

/** @throws for unknown options, numbers that are none and a folder that does not exist. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      docs: { type: "string" },
      ask: { type: "string", multiple: true },
      store: { type: "string" },
      packages: { type: "string" },
      queries: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
      "second-call": { type: "boolean" },
    },
  });
  if (values.docs !== undefined && !existsSync(values.docs)) throw new Error(`There is no folder ${values.docs}`);
  return {
    docs: values.docs,
    ask: values.ask ?? [],
    store: values.store,
    packages: wholeNumber("--packages", values.packages, Number.POSITIVE_INFINITY),
    queries: wholeNumber("--queries", values.queries, 1_000),
    json: values.json ?? false,
    help: values.help ?? false,
    secondCall: values["second-call"] ?? false,
  };
}

function wholeNumber(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`${option} is ${JSON.stringify(text)}; it must be a whole number`);
}
