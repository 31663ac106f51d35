import { createServer, type ServerKey } from "@sotto/server";
import { type Command, Option } from "commander";
import { interruptSignal } from "../terminal/interrupt-signal.ts";
import { UsageError } from "../usage-error.ts";
import { collect, wholeNumber } from "./parse-arguments.ts";
import { addStoreOptions, openSotto, type StoreOptions } from "./store-options.ts";

interface ServeFlags extends StoreOptions {
  port: number;
  host: string;
  key: string[];
  origin: string[];
}

export function serveCommand(program: Command): Command {
  const command = program
    .command("serve")
    .summary("serve a store over HTTP")
    .description(
      "Serves a project's indexes and memory over HTTP until Ctrl-C. On this machine alone it needs no key; elsewhere it does not listen without one.",
    )
    .option("-p, --port <n>", "port to listen on; 0 takes a free one", wholeNumber(0, 65_535), 7888)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .addOption(
      new Option(
        "--key <role:key>",
        "a key, with its role admin, write or read; repeatable. In the environment separated by commas, where other users of the machine do not see it",
      )
        .env("SOTTO_SERVER_KEYS")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--origin <url>", "web page that may call; repeatable", collect, [])
    .action(runServe);
  return addStoreOptions(command);
}

async function runServe(flags: ServeFlags): Promise<void> {
  const keys = flags.key.flatMap((given) => given.split(",")).map(keyOf);
  const { signal, release } = interruptSignal();
  const sotto = await openSotto(flags);
  const server = createServer({ sotto, keys, origins: flags.origin });
  try {
    const { url } = await server.listen({ port: flags.port, host: flags.host });
    process.stdout.write(`Sotto serves ${flags.store} at ${url}\n`);
    if (!signal.aborted) await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
  } finally {
    await server.close();
    await sotto.close();
    release();
  }
}

/** Not by commander, whose errors show what was given. */
function keyOf(given: string): ServerKey {
  const [, role, key] = /^\s*(admin|write|read):(\S+)\s*$/.exec(given) ?? [];
  if (role === undefined || key === undefined)
    throw new UsageError("A key is given as admin:KEY, write:KEY or read:KEY.");
  return { role: role as ServerKey["role"], key };
}
