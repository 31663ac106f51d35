import { ChatOpenAI } from "@langchain/openai";
import { startOfflineLlm } from "@sotto-internal/offline-llm";
import { UsageError } from "../usage-error.ts";

/** A pause between two words of the stand-in, so that it reads like a model. */
const OFFLINE_TOKEN_DELAY_MS = 10;

export interface OpenModel {
  model: ChatOpenAI;
  close(): Promise<void>;
}

/** The model that the environment names, or the stand-in, started in this process. @throws UsageError without a key. */
export async function openModel(offline: boolean, env: NodeJS.ProcessEnv = process.env): Promise<OpenModel> {
  if (offline) {
    const server = await startOfflineLlm({ tokenDelayMs: OFFLINE_TOKEN_DELAY_MS });
    return { model: chatModel("offline", "offline", server.baseURL), close: () => server.close() };
  }
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL: baseURL, SUPPORT_MODEL: name } = env;
  if (!key)
    throw new UsageError(
      "OPENAI_API_KEY is not set. Set it (to any text, where the server of OPENAI_BASE_URL asks for none), or try --offline.",
    );
  return { model: chatModel(name || "gpt-4.1-mini", key, baseURL || undefined), close: async () => {} };
}

function chatModel(model: string, apiKey: string, baseURL: string | undefined): ChatOpenAI {
  return new ChatOpenAI({
    model,
    apiKey,
    maxRetries: 2,
    // What every compatible server has.
    useResponsesApi: false,
    ...(baseURL === undefined ? {} : { configuration: { baseURL } }),
  });
}
