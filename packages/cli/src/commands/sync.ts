import { watch } from "node:fs";
import { stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "commander";
import { interruptSignal } from "../terminal/interrupt-signal.ts";
import { processTerminal } from "../terminal/terminal.ts";
import { UsageError } from "../usage-error.ts";
import { addIngestOptions, assertChunking, assertExist, type IngestFlags } from "./ingest-options.ts";
import { finish, ingestOnce, limitsFor } from "./run-ingest.ts";
import { openSotto } from "./store-options.ts";

interface SyncFlags extends IngestFlags {
  watch?: boolean;
}

/** After a change, how long there has to be none before files are loaded: programs save in several steps. */
const SETTLE_MS = 300;

export function syncCommand(program: Command): Command {
  const command = program
    .command("sync")
    .summary("keep an index the same as a folder")
    .description(
      "Loads what was added to a folder or changed in it, and deletes what is gone from it. With --watch it goes on until it is stopped, and follows each change.",
    )
    .argument("<folder>", "the folder")
    .option("--watch", "stay, and follow each change")
    .action(runSync);
  return addIngestOptions(command);
}

async function runSync(folder: string, given: SyncFlags): Promise<void> {
  await assertExist([folder]);
  if (!(await stat(folder)).isDirectory()) throw new UsageError(`${folder} is no folder; sotto ingest loads files.`);
  assertChunking(given);
  const flags: SyncFlags = { ...given, prune: true };
  const terminal = processTerminal(flags);
  const interrupt = interruptSignal();
  const sotto = await openSotto(flags, limitsFor(flags));
  const changes = flags.watch ? new Changes(folder, interrupt.signal) : undefined;
  try {
    finish(await ingestOnce(sotto, [folder], flags, terminal, interrupt.signal), flags, terminal);
    const next = { ...flags, replace: false };
    while (changes !== undefined && (await changes.next())) {
      const report = await ingestOnce(sotto, [folder], next, terminal, interrupt.signal);
      const { added, changed, pruned, failed } = report.files;
      if (added + changed + pruned + failed > 0) finish(report, next, terminal);
    }
  } finally {
    changes?.close();
    interrupt.release();
    await sotto.close();
  }
}

/** Changes in a folder and below it; several in a row are one. */
class Changes {
  readonly #watcher: ReturnType<typeof watch>;
  readonly #signal: AbortSignal;
  #changed = Promise.withResolvers<void>();
  #last = 0;

  constructor(folder: string, signal: AbortSignal) {
    this.#signal = signal;
    this.#watcher = watch(folder, { recursive: true }, () => {
      this.#last = performance.now();
      this.#changed.resolve();
    });
    signal.addEventListener("abort", () => this.#changed.resolve());
  }

  /** Resolves after the next change, once it is quiet again; false when watching is over. */
  async next(): Promise<boolean> {
    await this.#changed.promise;
    while (!this.#signal.aborted && performance.now() - this.#last < SETTLE_MS) await pause(SETTLE_MS / 3);
    this.#changed = Promise.withResolvers<void>();
    return !this.#signal.aborted;
  }

  close(): void {
    this.#watcher.close();
  }
}
