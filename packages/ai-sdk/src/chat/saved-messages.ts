import type { Turn, TurnInput } from "@sotto/core";
import type { UIMessage } from "ai";
import { messageText } from "./message-text.ts";
import { shortened } from "./shortened.ts";
import { messageMetadata, messageTurnId, storedMessage, versionOf } from "./stored-message.ts";

/** What is to be written for one message. */
export interface MessageWrite {
  messageId: string;
  turn: Pick<TurnInput, "role" | "text" | "itemId" | "metadata" | "replaces">;
  wasShortened: boolean;
}

export interface SavePlan {
  writes: MessageWrite[];
  /** Turns of messages that stand after the given ones, when no write replaces them. */
  after: string[];
}

/**
 * What saving the end of a chat changes: a message in another version takes the place of the one before. Where the chat
 * goes on with something new, or a question was edited, what stood there before was replaced: a changed answer alone (its
 * metadata, a tool that is done) replaces nothing but itself.
 */
export async function savePlan(
  turns: readonly Turn[],
  messages: readonly UIMessage[],
  { previousIds }: { previousIds: ReadonlyMap<string, string | null> },
): Promise<SavePlan> {
  const stored = turns.flatMap((turn) => {
    const each = storedMessage(turn);
    return each === undefined ? [] : [{ ...each, turn }];
  });
  const byId = new Map(stored.map((each) => [each.message.id, each]));
  const spoken = new Set(turns.filter((turn) => storedMessage(turn) === undefined).map(({ id }) => id));
  const own = messages.filter(({ role, id }) => role !== "system" && !spoken.has(id));
  const first = own[0];
  let previousId = first === undefined ? null : previousOf(first.id);
  const kept = new Set(own.map(({ id }) => id));
  const goesOn = own.some((message) => isNew(message, byId.get(message.id)?.message));
  const after = stored.slice(
    previousId === null ? 0 : stored.findIndex(({ message }) => message.id === previousId) + 1,
  );
  const replaced = after.filter(({ message }) => !kept.has(message.id)).map(({ turn }) => turn.id);
  const writes: MessageWrite[] = [];
  for (const message of own) {
    const text = messageText(message);
    if (text === "") continue;
    const known = byId.get(message.id);
    const version = await versionOf(message);
    if (known?.version !== version) {
      const { message: short, wasShortened } = shortened(message);
      const replaces = [
        ...(known === undefined ? [] : [known.turn.id]),
        ...(goesOn && writes.length === 0 ? replaced : []),
      ];
      writes.push({
        messageId: message.id,
        wasShortened,
        turn: {
          role: message.role === "user" ? "user" : "assistant",
          text,
          itemId: messageTurnId(message),
          metadata: messageMetadata({ message: short, previousId, version }),
          ...(replaces.length === 0 ? {} : { replaces }),
        },
      });
    }
    previousId = message.id;
  }
  return { writes, after: goesOn ? [] : replaced };

  /** The message that the first one follows: as it is stored, as a request said, or the end of the chat. */
  function previousOf(id: string): string | null {
    const known = byId.get(id);
    if (known !== undefined) return known.previousId;
    const said = previousIds.get(id);
    return said === undefined ? (stored.at(-1)?.message.id ?? null) : said;
  }
}

function isNew(message: UIMessage, known: UIMessage | undefined): boolean {
  if (known === undefined) return messageText(message) !== "";
  return message.role === "user" && messageText(message) !== messageText(known);
}
