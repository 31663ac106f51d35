import type { EventFold, IndexEvent } from "../engine/index.ts";
import { contentHash } from "../user/index.ts";

/** Ids of event records begin so; ids of documents cannot. */
const EVENT_ID_PREFIX = "\u0001";

const SHARED_PARTICIPANT_ID = `${EVENT_ID_PREFIX}participant`;

/** What a session's log holds beside documents. Folding an event twice changes nothing. */
export type SessionEvent =
  | { type: "owner"; userId: string; name?: string; agent?: string }
  /** A user whose turns are in the session, the owner included. */
  | { type: "participant"; userId: string }
  /** Who last wrote as a live holder, and until when (milliseconds since the epoch) that counts as live. */
  | { type: "lease"; holder: string; until: number }
  /** Who consolidates now, and until when nobody else may; `until` 0 gives it back. */
  | { type: "claim"; holder: string; until: number }
  | { type: "ended"; at: number }
  | { type: "resumed"; at: number }
  /** Turns that are in permanent memory now, and how many memories they made. */
  | { type: "consolidated"; turnIds: readonly string[]; memories: number }
  /** These turns' memory was taken away and has to be made anew from what is left. */
  | { type: "unconsolidated"; turnIds: readonly string[] }
  /** Hashes of sentences that recall showed (see the loop guard). */
  | { type: "recalled"; sentences: readonly number[] }
  /** Documents that are the same in an index: loaded from it or pushed to it. */
  | { type: "shared"; index: string; ids: readonly string[] }
  /** Documents that were written here since, and differ. */
  | { type: "edited"; ids: readonly string[] };

interface SavedState {
  owner?: { userId: string; name?: string };
  participants: string[];
  lease?: { holder: string; until: number };
  claim?: { holder: string; until: number };
  ended: boolean;
  endedAt?: number;
  agent?: string;
  consolidated: string[];
  memories: number;
  recalled: number[];
  shared: [index: string, ids: string[]][];
}

/** The fold of a session's events. */
export class SessionState implements EventFold {
  owner: { userId: string; name?: string } | undefined;
  participants = new Set<string>();
  lease: { holder: string; until: number } | undefined;
  claim: { holder: string; until: number } | undefined;
  ended = false;
  /** When it was ended last. */
  endedAt: number | undefined;
  /** The agent that held it first. */
  agent: string | undefined;
  consolidated = new Set<string>();
  memories = 0;
  recalled = new Set<number>();
  /** By index name, the ids of documents that are the same there. */
  shared = new Map<string, Set<string>>();

  apply(event: IndexEvent): void {
    const change = event as SessionEvent;
    switch (change.type) {
      case "owner":
        this.owner = { userId: change.userId, ...(change.name === undefined ? {} : { name: change.name }) };
        if (change.agent !== undefined) this.agent = change.agent;
        return;
      case "participant":
        this.participants.add(change.userId);
        return;
      case "lease":
        this.lease = { holder: change.holder, until: change.until };
        return;
      case "claim":
        this.claim = { holder: change.holder, until: change.until };
        return;
      case "ended":
        this.ended = true;
        this.endedAt = change.at;
        return;
      case "resumed":
        this.ended = false;
        return;
      case "consolidated":
        if (change.turnIds.some((id) => !this.consolidated.has(id))) this.memories += change.memories;
        for (const id of change.turnIds) this.consolidated.add(id);
        return;
      case "unconsolidated":
        for (const id of change.turnIds) this.consolidated.delete(id);
        return;
      case "recalled":
        for (const hash of change.sentences) this.recalled.add(hash);
        return;
      case "shared":
        this.shared.set(change.index, new Set([...(this.shared.get(change.index) ?? []), ...change.ids]));
        return;
      case "edited":
        for (const ids of this.shared.values()) for (const id of change.ids) ids.delete(id);
        return;
    }
  }

  erased(id: string): void {
    this.consolidated.delete(id);
    if (id === SHARED_PARTICIPANT_ID) this.participants.clear();
    else if (id.startsWith(SHARED_PARTICIPANT_ID))
      for (const userId of this.participants) if (participantRecordId(userId) === id) this.participants.delete(userId);
  }

  reset(): void {
    this.fromJSON({ participants: [], ended: false, consolidated: [], memories: 0, recalled: [], shared: [] });
  }

  toJSON(): SavedState {
    return {
      ...(this.owner === undefined ? {} : { owner: this.owner }),
      participants: [...this.participants],
      ...(this.lease === undefined ? {} : { lease: this.lease }),
      ...(this.claim === undefined ? {} : { claim: this.claim }),
      ended: this.ended,
      ...(this.endedAt === undefined ? {} : { endedAt: this.endedAt }),
      ...(this.agent === undefined ? {} : { agent: this.agent }),
      consolidated: [...this.consolidated],
      memories: this.memories,
      recalled: [...this.recalled],
      shared: [...this.shared].map(([index, ids]) => [index, [...ids]]),
    };
  }

  fromJSON(state: unknown): void {
    const saved = state as SavedState;
    this.owner = saved.owner;
    this.participants = new Set(saved.participants);
    this.lease = saved.lease;
    this.claim = saved.claim;
    this.ended = saved.ended;
    this.endedAt = saved.endedAt;
    this.agent = saved.agent;
    this.consolidated = new Set(saved.consolidated);
    this.memories = saved.memories;
    this.recalled = new Set(saved.recalled);
    this.shared = new Map(saved.shared.map(([index, ids]) => [index, new Set(ids)]));
  }
}

/** The change that enters a participant: its id tells who without naming them, so that it can be erased with them. */
export function participantChange(userId: string): { type: "event"; id: string; event: IndexEvent } {
  const event: SessionEvent = { type: "participant", userId };
  return { type: "event", id: participantRecordId(userId), event: event as unknown as IndexEvent };
}

/** Ids of the records that may name a participant: one of their own, and the one that all shared in earlier versions. */
export function participantRecordIds(userId: string): string[] {
  return [participantRecordId(userId), SHARED_PARTICIPANT_ID];
}

function participantRecordId(userId: string): string {
  return `${SHARED_PARTICIPANT_ID}/${contentHash(userId)}`;
}

/** The change that writes an event. */
export function eventChange(event: SessionEvent): { type: "event"; id: string; event: IndexEvent } {
  return { type: "event", id: `${EVENT_ID_PREFIX}${event.type}`, event: event as unknown as IndexEvent };
}
