import { createSotto, type Sotto } from "@sotto/core";
import { embedderByName } from "@sotto/core/node";
import { llmConsolidator } from "@sotto/livekit";
import type { Settings } from "./settings.ts";
import { makeLlm } from "./voice/models.ts";

/** Name of the index that holds the knowledge base. */
export const KNOWLEDGE_INDEX = "knowledge";

/** The store that the worker's processes and the indexing script share. */
export async function openSotto(settings: Settings): Promise<Sotto> {
  return createSotto({
    storage: settings.SOTTO_STORE,
    embedder: await embedderByName(settings.SOTTO_EMBEDDER),
    agent: settings.LIVEKIT_AGENT_NAME,
    ...(settings.CONSOLIDATOR === "llm" ? { consolidator: llmConsolidator(makeLlm(settings)) } : {}),
  });
}
