import type { Embedder } from "../../../embedding/embedder.ts";
import { evaluateFilter, type FilterPlan } from "../../../engine/filter/index.ts";
import type { MemoryRecord } from "../../memory-types.ts";
import type { RecallEntry } from "../../recall-types.ts";
import { after, type MaybePromise } from "../maybe-promise.ts";
import { NEIGHBOR_WEIGHTS, SPARE_HITS } from "../recall-defaults.ts";
import type { RecallQuery } from "../recall-query.ts";
import type { RecallRequest } from "../recall-request.ts";
import type { RecallUser } from "../recall-sources.ts";
import { searchLane } from "./search-lane.ts";

/** What this user said in earlier sessions, as it was true at `asOf`. */
export function permanentLane(
  request: RecallRequest,
  query: RecallQuery,
  memory: RecallUser,
  asOf: number,
  embedder: Embedder,
  onSearch: () => void,
): MaybePromise<RecallEntry[]> {
  const found = searchLane({
    query,
    indexes: [{ stored: memory.permanent, embedder }],
    wanted: request.topK.permanent + SPARE_HITS,
    minScore: request.minScore,
    neighborWeights: NEIGHBOR_WEIGHTS,
    exclude: () => {
      const { columns, live, documents } = memory.permanent.index;
      const valid = evaluateFilter(validAt(asOf), columns, live, documents.slotCount);
      return { slots: (slot) => !valid.has(slot), count: 0 };
    },
    onSearch,
  });
  return after(found, (hits) => {
    const { documents } = memory.permanent.index;
    return hits.flatMap(({ slot, score }) => {
      const record = memory.record(documents.idAt(slot) as string);
      return record === undefined ? [] : [memoryEntry(record, score, request)];
    });
  });
}

/** From validFrom until before validTo; both are fields of a memory's metadata. */
function validAt(asOf: number): FilterPlan {
  const ended: FilterPlan = { kind: "range", field: "validTo", operator: "$lte", bound: asOf };
  return {
    kind: "and",
    children: [
      { kind: "range", field: "validFrom", operator: "$lte", bound: asOf },
      { kind: "not", child: ended },
    ],
  };
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
