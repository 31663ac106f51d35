import { type Embedder, leastScore, type StoredDocument } from "../../engine/index.ts";
import { after, type MaybePromise } from "../../maybe-promise.ts";
import type { Turn } from "../../session/index.ts";
import { courtesyOf, turnOf } from "../../session/index.ts";
import { ASKS_ONLY_WEIGHT, RANKED, SPARE_HITS } from "../recall-defaults.ts";
import type { RecallQuery } from "../recall-query.ts";
import type { RecallRequest } from "../recall-request.ts";
import type { RecallSession } from "../recall-sources.ts";
import type { RecallEntry } from "../recall-types.ts";
import { answeredTurn } from "./answered-turn.ts";
import { decodedBySlot } from "./decoded.ts";
import { saidBy } from "./permanent-search.ts";
import { type RankedSlot, rankTurns } from "./rank-turns.ts";
import { searchLane } from "./search-lane.ts";
import { askedTerms, Statement } from "./statement.ts";

/** What was said in this session, and documents that were added to it; without the turns that the model sees anyway. */
export function workingLane(
  request: RecallRequest,
  query: RecallQuery,
  session: RecallSession,
  embedder: Embedder,
  onSearch: () => void,
): MaybePromise<RecallEntry[]> {
  let isOut = (_: number): boolean => false;
  const found = searchLane({
    query,
    indexes: [{ stored: session.stored, embedder }],
    wanted: Math.min(RANKED, session.stored.index.documents.size),
    alpha: request.alpha,
    minScore: 0,
    names: () => namesIn(request, session),
    exclude: () => {
      isOut = excluded(request, session);
      return { slots: isOut, count: 0 };
    },
    onSearch,
  });
  return after(found, (hits) => {
    const { documents } = session.stored.index;
    const statementAt = (slot: number): Spoken | undefined =>
      spokenBySlot(session.stored.index, slot, () => {
        const turn = turnOf(documents.document(slot), session.id);
        return turn && { role: turn.role, statement: new Statement(turn.text) };
      });
    const { turns: ranked } = rankTurns(hits, {
      documents,
      isOut,
      weightOf: (slot) => (statesNothing(statementAt(slot)) ? ASKS_ONLY_WEIGHT : 1),
      sessions: false,
    });
    const entries: RecallEntry[] = [];
    const minScore = request.minScore ?? leastScore([session.stored]);
    const most = request.topK.working + SPARE_HITS;
    const show = ({ slot, score }: RankedSlot): void => {
      const entry = workingEntry(documents.document(slot), session.id, score, request);
      if (request.speaker === undefined || saidBy(entry, request.speaker, request.userId)) entries.push(entry);
    };
    const wanted = askedTerms(query);
    for (const turn of ranked) {
      if (turn.score < minScore || entries.length >= most) break;
      if (!isAskedAgain(statementAt(turn.slot), wanted)) show(turn);
    }
    if (request.minScore !== undefined) return entries;
    for (const slot of fewStatements(session, request, (id) => documents.slotOf(id), statementAt))
      if (!isOut(slot) && !ranked.some((turn) => turn.slot === slot && turn.score >= minScore))
        show({ slot, score: 0 });
    return entries;
  });
}

/** The newest so many turns are looked at for who speaks. */
const NAMED_TURNS = 500;

/** Of those who speak in a session: the user's, and of its turns. */
export function namesIn({ userName }: RecallRequest, { turns }: Pick<RecallSession, "turns">): string[] {
  return [...new Set([userName, ...turns.slice(-NAMED_TURNS).flatMap(({ speakerName }) => speakerName ?? [])])];
}

interface Spoken {
  role: Turn["role"];
  statement: Statement;
}

const spokenBySlot = decodedBySlot<Spoken | undefined>();

function statesNothing(spoken: Spoken | undefined): boolean {
  if (spoken === undefined) return false;
  const { role, statement } = spoken;
  return statement.asksOnly || (role === "assistant" && statement.answersNothing);
}

/** The question itself, asked before, or an answer to it that was none. */
function isAskedAgain(spoken: Spoken | undefined, terms: ReadonlySet<string>): boolean {
  if (spoken === undefined) return false;
  const { role, statement } = spoken;
  if (courtesyOf(statement.text) === "courtesy") return true;
  if (role === "assistant") return statement.answersNothing;
  if (!statement.asksOnly || terms.size === 0) return false;
  return statement.asks(terms);
}

/** What the user stated in this call, when it is no more than the lane holds: then none of it is left out. Newest first. */
function fewStatements(
  { turns }: RecallSession,
  { topK }: RecallRequest,
  slotOf: (id: string) => number | undefined,
  statementAt: (slot: number) => Spoken | undefined,
): number[] {
  const slots: number[] = [];
  for (let n = turns.length - 1; n >= 0; n--) {
    const { id, role } = turns[n] as Turn;
    const slot = role === "user" ? slotOf(id) : undefined;
    const spoken = slot === undefined ? undefined : statementAt(slot);
    if (slot === undefined || spoken === undefined || statesNothing(spoken)) continue;
    if (courtesyOf(spoken.statement.text) !== undefined) continue;
    slots.push(slot);
    if (slots.length > topK.working) return [];
  }
  return slots;
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
): (slot: number) => boolean {
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
  return (slot) => slots.has(slot);
}
