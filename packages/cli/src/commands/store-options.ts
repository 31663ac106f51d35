import { createSotto, type Limits, type Sotto } from "@sotto/core";
import { EMBEDDER_NAMES, type EmbedderName, embedderByName } from "@sotto/core/node";
import { type Command, Option } from "commander";

export interface StoreOptions {
  store: string;
  project?: string;
  embedder: EmbedderName;
}

/** `--store`, `--project` and `--embedder`, which every command has. */
export function addStoreOptions(command: Command): Command {
  return command
    .addOption(new Option("--store <dir>", "folder of the store").env("SOTTO_STORE").default(".sotto"))
    .addOption(new Option("--project <id>", "project that the indexes belong to").env("SOTTO_PROJECT_ID"))
    .addOption(
      new Option("--embedder <name>", "what makes the vectors; minilm and multilingual are packages of their own")
        .choices(EMBEDDER_NAMES)
        .env("SOTTO_EMBEDDER")
        .default("static"),
    );
}

/** @throws EmbedderPackageMissingError, which says what to install */
export async function openSotto(
  { store, project, embedder }: StoreOptions,
  limits: Partial<Limits> = {},
): Promise<Sotto> {
  return createSotto({
    storage: store,
    embedder: await embedderByName(embedder),
    limits,
    ...(project === undefined ? {} : { project }),
  });
}
