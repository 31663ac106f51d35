import { userInfo } from "node:os";
import { EMBEDDER_NAMES, type EmbedderName } from "@sotto/core/node";
import { Command, InvalidArgumentError, Option } from "commander";
import { UsageError } from "./usage-error.ts";

export interface Options {
  /** Folder of the store. */
  store: string;
  /** Indexes that answers come from. */
  indexes: readonly string[];
  /** Whose memory the agent has. */
  user: string;
  /** What makes the vectors; as for the index that answers come from. */
  embedder: EmbedderName;
  /** Answer by the stand-in of this repository, without a model. */
  offline: boolean;
  /** `llm`: the model makes facts and a profile of what was said. */
  consolidator: "episodes" | "llm";
  /** One question, instead of a conversation. */
  ask: string | undefined;
  json: boolean;
  color: boolean;
}

interface Flags extends Omit<Options, "indexes" | "offline" | "json"> {
  index?: string[];
  offline?: boolean;
  json?: boolean;
}

const ENVIRONMENT = `
Environment:
  OPENAI_API_KEY    key of the model's server; required without --offline
  OPENAI_BASE_URL   any server that speaks OpenAI's protocol (default: https://api.openai.com/v1)
  SUPPORT_MODEL     its model (default: gpt-4.1-mini)
  NO_COLOR          no colours

Exit code: 0, 1 when the model or the store failed, 2 when the command line or the environment is not right,
130 after Ctrl-C.
`;

/** Reads the command line (without node and script). @throws CommanderError after its message, or UsageError. */
export function readOptions(args: readonly string[]): Options {
  const program = createProgram().parse(args, { from: "user" });
  const { index = ["support"], offline = false, json = false, ...flags } = program.opts<Flags>();
  if (json && flags.ask === undefined)
    throw new UsageError("--json prints the answer to one question: name it with --ask.");
  return { ...flags, ask: flags.ask, indexes: index, offline, json };
}

function createProgram(): Command {
  return new Command("support-agent")
    .description("A support agent in the terminal that answers from a knowledge base and remembers whom it talks to.")
    .addOption(
      new Option("-i, --index <name>", 'index to answer from; repeatable (default: "support")').argParser(collect),
    )
    .addOption(new Option("--store <dir>", "folder of the store").env("SOTTO_STORE").default(".sotto"))
    .addOption(new Option("-u, --user <name>", "whose memory").argParser(words).default(accountName()))
    .addOption(
      new Option("--embedder <name>", "what makes the vectors, as for sotto ingest")
        .choices(EMBEDDER_NAMES)
        .env("SOTTO_EMBEDDER")
        .default("static"),
    )
    .option("--offline", "answer by a stand-in without a model, a key or a network")
    .addOption(
      new Option("--consolidator <how>", "what a conversation is kept as: its exchanges, or facts by the model")
        .choices(["episodes", "llm"])
        .default("episodes"),
    )
    .addOption(new Option("--ask <question>", "answer one question and end").argParser(words))
    .option("--json", "with --ask: print answer, tool calls and what was recalled as JSON")
    .option("--no-color", "no colours")
    .addHelpText("after", ENVIRONMENT)
    .showHelpAfterError("(see --help)")
    .allowExcessArguments(false)
    .exitOverride();
}

function words(text: string): string {
  if (text.trim() !== "") return text.trim();
  throw new InvalidArgumentError("It must not be empty.");
}

function collect(name: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), words(name)];
}

/** The name of the account in the operating system; some containers have none. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return "guest";
  }
}
