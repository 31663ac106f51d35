import { type OfflineLlm, startOfflineLlm } from "@sotto-internal/offline-llm";
import type { Settings } from "./settings.ts";

/** Slow enough that one sees an answer come. */
const TOKEN_DELAY_MS = 12;

/** Starts the stand-in that takes the model's place, and the settings that lead to it: no key, no network. */
export async function goOffline(settings: Settings): Promise<{ settings: Settings; llm: OfflineLlm }> {
  const llm = await startOfflineLlm({ tokenDelayMs: TOKEN_DELAY_MS });
  return {
    llm,
    settings: { ...settings, OPENAI_BASE_URL: llm.baseURL, OPENAI_API_KEY: "offline", CHAT_MODEL: "offline" },
  };
}
