import { existsSync } from "node:fs";
import { type Consolidator, createSotto, type Logger, type Sotto } from "@sotto/core";
import { type EmbedderName, embedderByName } from "@sotto/core/node";
import { nearName } from "../near-name.ts";
import { UsageError } from "../usage-error.ts";

export interface StoreChoice {
  store: string;
  embedder: EmbedderName;
  indexes: readonly string[];
  logger: Logger;
  consolidator?: Consolidator;
}

/** Opens the store and sees to it that the indexes are there. @throws UsageError, or the store's own error. */
export async function openStore({ store, embedder, indexes, logger, consolidator }: StoreChoice): Promise<Sotto> {
  if (!existsSync(store))
    throw new UsageError(`There is no store in ${store}. Make one with npm run ingest, or name it with --store.`);
  const sotto = createSotto({
    storage: store,
    embedder: await embedderByName(embedder),
    agent: "support-agent",
    logger,
    recall: { orgIndexes: indexes },
    ...(consolidator === undefined ? {} : { consolidator }),
  });
  try {
    await assertIndexes(sotto, indexes);
    return sotto;
  } catch (error) {
    await sotto.close();
    throw error;
  }
}

async function assertIndexes(sotto: Sotto, indexes: readonly string[]): Promise<void> {
  const names = (await sotto.listIndexes()).map(({ name }) => name);
  const missing = indexes.find((name) => !names.includes(name));
  if (missing === undefined) return;
  const near = nearName(missing, names);
  const hint =
    near !== undefined
      ? `Did you mean ${near}?`
      : names.length > 0
        ? `There are: ${names.join(", ")}.`
        : "The store has none yet: npm run ingest makes one.";
  throw new UsageError(`There is no index "${missing}". ${hint}`);
}
