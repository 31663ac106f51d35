import type { Embedder } from "../../../embedding/embedder.ts";
import type { JsonValue, StoredDocument } from "../../../engine/document.ts";
import type { RecallEntry } from "../../recall-types.ts";
import type { Turn } from "../../turn.ts";
import { after, type MaybePromise } from "../maybe-promise.ts";
import { NEIGHBOR_WEIGHTS, SPARE_HITS } from "../recall-defaults.ts";
import type { RecallQuery } from "../recall-query.ts";
import type { RecallRequest } from "../recall-request.ts";
import type { RecallSession } from "../recall-sources.ts";
import { answeredTurn } from "./answered-turn.ts";
import { searchLane } from "./search-lane.ts";

/** What was said in this session, and documents that were added to it; without the turns that the model sees anyway. */
export function workingLane(request: RecallRequest, query: RecallQuery, session: RecallSession, embedder: Embedder, onSearch: () => void): MaybePromise<RecallEntry[]> {
  const found = searchLane({
    query,
    indexes: [{ stored: session.stored, embedder }],
    wanted: request.topK.working + SPARE_HITS,
    minScore: request.minScore,
    neighborWeights: NEIGHBOR_WEIGHTS,
    exclude: () => excluded(request, session),
    onSearch,
  });
  return after(found, (hits) => {
    const { documents } = session.stored.index;
    return hits.map(({ slot, score }) => workingEntry(documents.document(slot), session.id, score));
  });
}

/** A turn as recall shows it. */
export function turnEntry(turn: Turn, score: number): RecallEntry {
  return {
    id: turn.id,
    lane: "working",
    text: turn.text,
    score,
    at: turn.at,
    speaker: turn.role === "assistant" ? "assistant" : (turn.speakerName ?? turn.speaker ?? "user"),
    role: turn.role,
    sessionId: turn.sessionId,
  };
}

function workingEntry(document: StoredDocument, sessionId: string, score: number): RecallEntry {
  if (isTurn(document.payload, document.id, sessionId)) return turnEntry(document.payload as unknown as Turn, score);
  const entry: RecallEntry = { id: document.id, lane: "working", text: document.text, score, sessionId };
  if (document.metadata !== undefined) entry.metadata = document.metadata;
  if (document.payload !== undefined) entry.payload = document.payload;
  return entry;
}

function isTurn(payload: JsonValue | undefined, id: string, sessionId: string): boolean {
  if (typeof payload !== "object" || payload === null) return false;
  const turn = payload as { readonly [field: string]: JsonValue | undefined };
  return turn.id === id && turn.sessionId === sessionId && (turn.role === "user" || turn.role === "assistant") && typeof turn.text === "string";
}

function excluded({ query, excludeTurnIds, excludeLastTurns }: RecallRequest, { stored, turns }: RecallSession): { slots: (slot: number) => boolean; count: number } {
  const { documents } = stored.index;
  const slots = new Set<number>();
  const leaveOut = (id: string) => {
    const slot = documents.slotOf(id);
    if (slot !== undefined) slots.add(slot);
  };
  const answered = answeredTurn(turns, query);
  if (answered !== undefined) leaveOut(answered.id);
  for (const id of excludeTurnIds) leaveOut(id);
  if (excludeLastTurns > 0) for (const { id } of turns.slice(-excludeLastTurns)) leaveOut(id);
  return { slots: (slot) => slots.has(slot), count: slots.size };
}
