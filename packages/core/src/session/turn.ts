import type { JsonValue } from "../engine/index.ts";
import type { Scope } from "../user/index.ts";

export type Role = "user" | "assistant";

export interface ToolCall {
  name: string;
  arguments?: JsonValue;
  result?: JsonValue;
}

/** One utterance, as it was spoken (not as a model generated it). */
export interface TurnInput extends Scope {
  session: string;
  role: Role;
  text: string;
  /** Makes the write idempotent: a second turn with this id in the session changes nothing. Default: a new id. */
  itemId?: string;
  /**
   * Ids of turns of this session that it takes the place of: an edited message, a regenerated answer, the rest of an
   * abandoned branch. They are erased as by `forget({ session, turnId })`; the turn's own id may be among them. What
   * `saveResponse` answered names both halves. Ids that the session does not hold do nothing.
   */
  replaces?: string | readonly string[];
  /** Milliseconds since the epoch. Default: when the first turn that it replaces was said, else now. */
  at?: number;
  /** The speaker was cut off; `text` is what was heard. */
  interrupted?: boolean;
  /** Who spoke, when several people share the session: a user id. Memory is written for that user. Default: the scope's user. */
  speaker?: UserSpeaker;
  toolCalls?: readonly ToolCall[];
  metadata?: { readonly [key: string]: JsonValue };
  /** `queued` resolves before the disk has it; only `commit` (the default) is acknowledged. */
  durability?: "commit" | "queued";
}

export type UserSpeaker = string | { id: string; name?: string };

/** Both halves of an exchange, written in one batch. */
export interface ResponseInput extends Scope {
  session: string;
  userText: string;
  assistantText: string;
  /** Makes the write idempotent. The two halves get the ids `<turnId>/user` and `<turnId>/assistant`. */
  turnId?: string;
  /** As in `TurnInput`; erased before both halves are written. */
  replaces?: string | readonly string[];
  at?: number;
  interrupted?: boolean;
  speaker?: UserSpeaker;
  toolCalls?: readonly ToolCall[];
  metadata?: { readonly [key: string]: JsonValue };
  durability?: "commit" | "queued";
}

/** A turn as a session holds it. */
export interface Turn {
  id: string;
  sessionId: string;
  role: Role;
  text: string;
  at: number;
  /** User id of who spoke; the assistant's turns have none. */
  speaker?: string;
  speakerName?: string;
  interrupted?: boolean;
  toolCalls?: readonly ToolCall[];
  metadata?: { readonly [key: string]: JsonValue };
}
