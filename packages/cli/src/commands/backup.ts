import { backupStore, restoreStore } from "@sotto/core/node";
import { type Command, Option } from "commander";

interface Flags {
  store: string;
}

const storeOption = () => new Option("--store <dir>", "folder of the store").env("SOTTO_STORE").default(".sotto");

export function backupCommand(program: Command): Command {
  return program
    .command("backup")
    .summary("copy a store, also one that is in use")
    .description(
      "Copies the store as it is at one moment, while others use it, with nothing of what was erased. The copy is a store itself. Copying sotto.db by other means while it is open leaves its newest writes behind.",
    )
    .argument("<folder>", "where the copy goes; it must be empty or not there yet")
    .addOption(storeOption())
    .action((to: string, { store }: Flags) => {
      backupStore({ directory: store, to });
      process.stdout.write(`Copied ${store} to ${to}.\n`);
    });
}

export function restoreCommand(program: Command): Command {
  return program
    .command("restore")
    .summary("lay a backup where the store is to be")
    .argument("<folder>", "the backup")
    .addOption(storeOption())
    .action((from: string, { store }: Flags) => {
      restoreStore({ directory: from, to: store });
      process.stdout.write(`Restored ${from} to ${store}.\n`);
    });
}
