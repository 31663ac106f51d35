import { createSotto, type Limits, type Sotto } from "@sotto/core";
import { type Command, Option } from "commander";

export interface StoreOptions {
  store: string;
  project?: string;
}

/** `--store` and `--project`, which every command has. */
export function addStoreOptions(command: Command): Command {
  return command
    .addOption(new Option("--store <dir>", "folder of the store").env("SOTTO_STORE").default(".sotto"))
    .addOption(new Option("--project <id>", "project that the indexes belong to").env("SOTTO_PROJECT_ID"));
}

export function openSotto({ store, project }: StoreOptions, limits: Partial<Limits> = {}): Sotto {
  return createSotto({ storage: store, limits, ...(project === undefined ? {} : { project }) });
}
