import { connectSotto } from "@sotto/client";
import { createSotto, type Sotto } from "@sotto/core";
import { embedderByName } from "@sotto/core/node";
import { llmConsolidator } from "@sotto/livekit";
import type { Settings } from "./settings.ts";
import { makeLlm } from "./voice/models.ts";

/** Name of the index that holds the knowledge base. */
export const KNOWLEDGE_INDEX = "knowledge";

/** The memory that the worker's processes and the indexing script share: a Sotto server where one is named, else a store on this disk. */
export async function openSotto(settings: Settings): Promise<Sotto> {
  if (settings.SOTTO_URL !== "")
    return connectSotto({
      url: settings.SOTTO_URL,
      ...(settings.SOTTO_PROJECT_KEY === "" ? {} : { key: settings.SOTTO_PROJECT_KEY }),
    });
  return createSotto({
    storage: settings.SOTTO_STORE,
    embedder: await embedderByName(settings.SOTTO_EMBEDDER),
    agent: settings.LIVEKIT_AGENT_NAME,
    ...(settings.CONSOLIDATOR === "llm" ? { consolidator: llmConsolidator(makeLlm(settings)) } : {}),
  });
}
