import { evaluateFilter, type StoredIndex } from "../../engine/index.ts";
import { after, isPromise, type MaybePromise } from "../../maybe-promise.ts";
import { type MemoryRecord, turnLabel } from "../../user/index.ts";
import { LEAST_BEST, RANKED, SPARE_HITS } from "../recall-defaults.ts";
import type { RecallRequest } from "../recall-request.ts";
import type { RecallEntry } from "../recall-types.ts";
import { applyTime } from "../time/apply-time.ts";
import { decodedBySlot } from "./decoded.ts";
import { isWanted, mostWanted, type PermanentLane } from "./permanent-search.ts";
import { type RankedSlot, rankTurns } from "./rank-turns.ts";
import { searchLane } from "./search-lane.ts";
import { askedTerms, keepStatement, Statement } from "./statement.ts";
import { unendedTurns } from "./unended-turns.ts";

/** What an entry takes beside its text: about. */
const ENTRY_CHARS = 30;

/**
 * What this user said in earlier sessions, and what the agent said to them, turn by turn, as it was true at `asOf`; and
 * what was said in sessions that have not ended, where a call was dropped or goes on elsewhere.
 */
export function permanentLane(lane: PermanentLane): MaybePromise<RecallEntry[]> {
  const parts = [memories(lane), ...lane.unended.map((session) => unendedTurns(lane, session))];
  const best = (entries: readonly RecallEntry[][]): RecallEntry[] =>
    entries
      .flat()
      .sort((x, y) => y.score - x.score || (y.at ?? 0) - (x.at ?? 0))
      .slice(0, lane.request.topK.permanent + SPARE_HITS);
  return parts.some(isPromise) ? Promise.all(parts).then(best) : best(parts as RecallEntry[][]);
}

function memories(lane: PermanentLane): MaybePromise<RecallEntry[]> {
  const { request, query, memory, asOf, embedder, onSearch } = lane;
  const { permanent } = memory;
  const passes = metadataFilter(permanent, request);
  const isOut = (slot: number): boolean => !isValidAt(permanent, slot, asOf) || !passes(slot);
  const found = searchLane({
    query,
    indexes: [{ stored: permanent, embedder }],
    wanted: Math.min(RANKED, permanent.index.documents.size),
    alpha: request.alpha,
    minScore: 0,
    names: () => [request.userName],
    exclude: () => ({ slots: isOut, count: 0 }),
    onSearch: () => onSearch(permanent),
  });
  return after(found, (hits) => {
    const { documents } = permanent.index;
    const memoryAt = (slot: number): Decoded | undefined =>
      memoryBySlot(permanent.index, slot, (at): Decoded | undefined => {
        const id = documents.idAt(at);
        const record = id === undefined ? undefined : memory.record(id);
        return record && { record, statement: new Statement(record.turn?.text ?? record.text) };
      });
    const asked = askedTerms(query);
    const { turns: byWords, best } = rankTurns(hits, {
      documents,
      isOut,
      weightOf: (slot) => {
        const { record, statement } = memoryAt(slot) ?? {};
        if (record?.turn === undefined || statement === undefined) return 1;
        const { role, answers } = record.turn;
        return statement.weight({ role, answers: answers?.text, query: asked });
      },
      sessions: true,
    });
    const { time } = request;
    const live = (): number[] => [...permanent.index.live.toSlots()].filter((slot) => !isOut(slot));
    const ranked =
      time === undefined
        ? byWords
        : applyTime(byWords, time, {
            slots: time.onlyTime ? live() : [],
            at: (slot) => numberAt(permanent, "lastAt", slot) ?? numberAt(permanent, "validFrom", slot) ?? 0,
            firstAt: (slot) => numberAt(permanent, "validFrom", slot) ?? 0,
            session: (slot) => documents.parentAt(slot),
            byUser: (slot) => memoryAt(slot)?.record.turn?.role !== "assistant",
          });
    const few = areFew(lane, memoryAt);
    if (few && time?.onlyTime !== true) addUnfound(ranked, permanent, isOut);
    const answers = few || Math.max(best, ranked[0]?.score ?? 0) >= LEAST_BEST;
    const minScore = request.minScore ?? (answers ? 0 : Number.POSITIVE_INFINITY);
    const entries: RecallEntry[] = [];
    const most = mostWanted(request);
    let chars = 0;
    for (const { slot, score } of ranked) {
      if (score < minScore || entries.length >= most.entries || chars >= most.chars) break;
      const { record, statement } = memoryAt(slot) ?? {};
      if (record === undefined || statement === undefined) continue;
      const entry = memoryEntry(record, score, request);
      if (!isWanted(entry, request)) continue;
      entries.push(keepStatement(entry, statement));
      chars += record.text.length;
    }
    return entries;
  });
}

/** Whether all that is known of the user fits into the lane: then nothing of it is left out for being far from the question. */
function areFew({ request, memory }: PermanentLane, memoryAt: (slot: number) => Decoded | undefined): boolean {
  const { index } = memory.permanent;
  if (
    request.minScore !== undefined ||
    !request.permanentFits ||
    index.documents.size * ENTRY_CHARS > request.perLaneCharCap
  )
    return false;
  let left = request.perLaneCharCap;
  for (const slot of index.live.toSlots()) {
    left -= ENTRY_CHARS + (memoryAt(slot)?.record.text.length ?? 0);
    if (left < 0) return false;
  }
  return true;
}

/** Adds what was not found at all, newest first, with a score of 0. */
function addUnfound(ranked: RankedSlot[], { index }: StoredIndex, isOut: (slot: number) => boolean): void {
  const found = new Set(ranked.map(({ slot }) => slot));
  for (const slot of [...index.live.toSlots()].reverse())
    if (!found.has(slot) && !isOut(slot)) ranked.push({ slot, score: 0 });
}

interface Decoded {
  record: MemoryRecord;
  statement: Statement;
}

const memoryBySlot = decodedBySlot<Decoded | undefined>();

/** Memories with metadata of the application's pass where it matches; what was said has none, and passes. */
function metadataFilter({ index }: StoredIndex, { filter }: RecallRequest): (slot: number) => boolean {
  if (filter === undefined) return () => true;
  const matching = evaluateFilter(filter, index.columns, index.live, index.documents.slotCount);
  return (slot) => matching.has(slot) || numberAt({ index }, "tagged", slot) === undefined;
}

function numberAt({ index }: Pick<StoredIndex, "index">, field: string, slot: number): number | undefined {
  return index.columns.numberAt(field, slot);
}

/** From validFrom until before validTo; both are fields of a memory's metadata. */
function isValidAt({ index }: StoredIndex, slot: number, asOf: number): boolean {
  const from = index.columns.numberAt("validFrom", slot);
  if (from === undefined || from > asOf) return false;
  const to = index.columns.numberAt("validTo", slot);
  return to === undefined || asOf < to;
}

/** A memory as recall shows it. */
export function memoryEntry(
  record: MemoryRecord,
  score: number,
  { userId, userName }: Pick<RecallRequest, "userId" | "userName">,
): RecallEntry {
  const { provenance, turn } = record;
  const times = [record.validFrom, ...provenance.map(({ at }) => at)];
  const newest = times.reduce((latest, at) => Math.max(latest, at));
  const entry: RecallEntry = { id: record.id, lane: "permanent", text: record.text, score, at: newest, provenance };
  const speaker = provenance[0]?.speaker;
  if (turn !== undefined) {
    entry.role = turn.role;
    entry.speaker = turn.role === "assistant" ? "assistant" : (turn.speakerName ?? userName);
    if (turn.answers === undefined) entry.text = turn.text;
    else {
      entry.said = turn.text;
      entry.answers = { speaker: turnLabel(turn.answers), text: turn.answers.text };
    }
  } else if (speaker !== undefined) entry.speaker = speaker === userId ? userName : speaker;
  const earlier = provenance.length < 2 ? [] : [...new Set(provenance.map(({ at }) => at))].sort((a, b) => b - a);
  if (earlier[0] === newest) earlier.shift();
  if (earlier.length > 0) entry.alsoAt = earlier;
  if (provenance[0] !== undefined) entry.sessionId = provenance[0].sessionId;
  if (record.metadata !== undefined) entry.payload = record.metadata;
  return entry;
}
