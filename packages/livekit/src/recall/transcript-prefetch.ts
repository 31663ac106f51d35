import { type llm, voice } from "@livekit/agents";
import { isMemoryBlock } from "./memory-block.ts";
import type { TurnRecall } from "./turn-recall.ts";

/**
 * Starts recall on what the user has said so far. A message is made of one or several final transcripts; an interim one
 * is of the piece that is being said.
 */
export function prefetchTranscripts(session: voice.AgentSession, recall: TurnRecall): void {
  let finals: string[] = [];
  session.on(voice.AgentSessionEventTypes.UserInputTranscribed, ({ transcript, isFinal }) => {
    const text = [...finals, transcript].join(" ").trim();
    if (isFinal && transcript.trim() !== "") finals.push(transcript.trim());
    if (text !== "") recall.prefetch(text, itemsOf(session));
  });
  session.on(voice.AgentSessionEventTypes.ConversationItemAdded, ({ item }) => {
    if (item.type === "message" && item.role === "user" && !isMemoryBlock(item)) finals = [];
  });
}

/** Empty when no agent runs. */
function itemsOf(session: voice.AgentSession): readonly llm.ChatItem[] {
  try {
    return session.currentAgent.chatCtx.items;
  } catch {
    return [];
  }
}
