import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModel } from "ai";
import type { Settings } from "../settings.ts";

/** A model object, not a name: what middleware can wrap. */
export type ChatModel = Exclude<LanguageModel, string>;

/** The model of the environment, behind whichever server speaks OpenAI's protocol. */
export function chatModel({
  OPENAI_BASE_URL,
  OPENAI_API_KEY,
  CHAT_MODEL,
}: Pick<Settings, "OPENAI_BASE_URL" | "OPENAI_API_KEY" | "CHAT_MODEL">): ChatModel {
  const provider = createOpenAICompatible({
    name: "chat",
    baseURL: OPENAI_BASE_URL,
    supportsStructuredOutputs: true,
    ...(OPENAI_API_KEY === "" ? {} : { apiKey: OPENAI_API_KEY }),
  });
  return provider.chatModel(CHAT_MODEL);
}
