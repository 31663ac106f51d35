import type { StoredIndex } from "../../engine/index.ts";
import { after, isPromise, type MaybePromise } from "../../maybe-promise.ts";
import type { MemoryRecord } from "../../user/index.ts";
import { NEIGHBOR_WEIGHTS, SPARE_HITS } from "../recall-defaults.ts";
import type { RecallRequest } from "../recall-request.ts";
import type { RecallEntry } from "../recall-types.ts";
import { searchLane } from "./search-lane.ts";
import { type PermanentLane, unendedTurns } from "./unended-turns.ts";

/**
 * What this user said in earlier sessions, as it was true at `asOf`; and in one that has not ended, where a call was
 * dropped or goes on elsewhere.
 */
export function permanentLane(lane: PermanentLane): MaybePromise<RecallEntry[]> {
  const remembered = memories(lane);
  if (lane.unended === undefined) return remembered;
  const said = unendedTurns(lane, lane.unended);
  const best = (entries: RecallEntry[][]): RecallEntry[] =>
    entries
      .flat()
      .sort((x, y) => y.score - x.score)
      .slice(0, lane.request.topK.permanent + SPARE_HITS);
  return isPromise(remembered) || isPromise(said)
    ? Promise.all([remembered, said]).then(best)
    : best([remembered, said]);
}

function memories({ request, query, memory, asOf, embedder, onSearch }: PermanentLane): MaybePromise<RecallEntry[]> {
  const { permanent } = memory;
  const found = searchLane({
    query,
    indexes: [{ stored: permanent, embedder }],
    wanted: request.topK.permanent + SPARE_HITS,
    minScore: request.minScore,
    neighborWeights: NEIGHBOR_WEIGHTS,
    exclude: () => ({ slots: (slot) => !isValidAt(permanent, slot, asOf), count: 0 }),
    onSearch: () => onSearch(permanent),
  });
  return after(found, (hits) => {
    const { documents } = permanent.index;
    return hits.flatMap(({ slot, score }) => {
      const record = memory.record(documents.idAt(slot) as string);
      return record === undefined ? [] : [memoryEntry(record, score, request)];
    });
  });
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
  const { provenance } = record;
  const entry: RecallEntry = {
    id: record.id,
    lane: "permanent",
    text: record.text,
    score,
    at: record.validFrom,
    provenance,
  };
  const speaker = provenance[0]?.speaker;
  if (speaker !== undefined) entry.speaker = speaker === userId ? userName : speaker;
  if (provenance[0] !== undefined) entry.sessionId = provenance[0].sessionId;
  if (record.metadata !== undefined) entry.payload = record.metadata;
  return entry;
}
