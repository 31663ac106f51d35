import type { Turn } from "./turn.ts";

/**
 * A turn as it is searched: `Speaker: text`, which finds more than the text alone. The speaker is shown by name, an unnamed
 * owner of the session as `User`, anyone else unnamed by user id, the agent as `Assistant`.
 */
export function searchText(
  turn: Pick<Turn, "role" | "text" | "speaker" | "speakerName">,
  ownerId: string | undefined,
): string {
  return `${speakerLabel(turn, ownerId)}: ${turn.text}`;
}

export function speakerLabel(
  { role, speaker, speakerName }: Pick<Turn, "role" | "speaker" | "speakerName">,
  ownerId: string | undefined,
): string {
  if (role === "assistant") return "Assistant";
  if (speakerName !== undefined) return speakerName;
  return speaker === undefined || speaker === ownerId ? "User" : speaker;
}
