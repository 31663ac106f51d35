import type { Embedder, StoredDocument } from "../../engine/index.ts";
import { after, type MaybePromise } from "../../maybe-promise.ts";
import type { Turn } from "../../session/index.ts";
import { turnOf } from "../../session/index.ts";
import { NEIGHBOR_WEIGHTS, SPARE_HITS } from "../recall-defaults.ts";
import type { RecallQuery } from "../recall-query.ts";
import type { RecallRequest } from "../recall-request.ts";
import type { RecallSession } from "../recall-sources.ts";
import type { RecallEntry } from "../recall-types.ts";
import { answeredTurn } from "./answered-turn.ts";
import { searchLane } from "./search-lane.ts";

/** What was said in this session, and documents that were added to it; without the turns that the model sees anyway. */
export function workingLane(
  request: RecallRequest,
  query: RecallQuery,
  session: RecallSession,
  embedder: Embedder,
  onSearch: () => void,
): MaybePromise<RecallEntry[]> {
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
    return hits.map(({ slot, score }) => workingEntry(documents.document(slot), session.id, score, request));
  });
}

type Whose = Pick<RecallRequest, "userId" | "userName">;

/** A turn as recall shows it. */
export function turnEntry(turn: Turn, score: number, { userId, userName }: Whose): RecallEntry {
  const named = turn.speaker === undefined || turn.speaker === userId ? userName : turn.speaker;
  return {
    id: turn.id,
    lane: "working",
    text: turn.text,
    score,
    at: turn.at,
    speaker: turn.role === "assistant" ? "assistant" : (turn.speakerName ?? named),
    role: turn.role,
    sessionId: turn.sessionId,
  };
}

function workingEntry(document: StoredDocument, sessionId: string, score: number, whose: Whose): RecallEntry {
  const turn = turnOf(document, sessionId);
  if (turn !== undefined) return turnEntry(turn, score, whose);
  const entry: RecallEntry = { id: document.id, lane: "working", text: document.text, score, sessionId };
  if (document.metadata !== undefined) entry.metadata = document.metadata;
  if (document.payload !== undefined) entry.payload = document.payload;
  return entry;
}

function excluded(
  { query, excludeTurnIds, excludeLastTurns }: RecallRequest,
  { stored, turns }: RecallSession,
): { slots: (slot: number) => boolean; count: number } {
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
