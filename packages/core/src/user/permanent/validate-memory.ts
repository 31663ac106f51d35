import { isPlainObject, validateDocuments } from "../../engine/index.ts";
import { InvalidArgumentError } from "../../errors/index.ts";
import type { Limits } from "../../limits.ts";
import type { MemoryInput, MemoryRecord, Provenance } from "../memory-types.ts";
import { memoryDocument } from "./memory-document.ts";
import { memoryId } from "./memory-id.ts";

/** The record that an input asks for; throws `argument.invalid`, `document.invalid` or `limit.exceeded`. `now` is the default of `validFrom`. */
export function toMemoryRecord(input: MemoryInput | string, now: number, limits: Limits): MemoryRecord {
  const given: MemoryInput = typeof input === "string" ? { text: input } : input;
  if (!isPlainObject(given))
    throw new InvalidArgumentError("memory", "it must be a text or an object { text, kind?, … }");
  const { kind = "fact", text, turn, provenance, validFrom = now, metadata } = given;
  if (kind !== "fact" && kind !== "turn" && kind !== "episode")
    throw new InvalidArgumentError("memory.kind", `${JSON.stringify(kind)} is not "fact", "turn" or "episode"`);
  if ((kind === "turn") !== (turn !== undefined) || (turn !== undefined && typeof turn.text !== "string"))
    throw new InvalidArgumentError("memory.turn", "a memory of the kind turn, and no other, has a turn { role, text }");
  if (typeof text !== "string" || text.trim() === "")
    throw new InvalidArgumentError("memory.text", "it must be a text that is not empty");
  if (!Number.isFinite(validFrom))
    throw new InvalidArgumentError("memory.validFrom", "it must be milliseconds since the epoch");
  if (metadata !== undefined && !isPlainObject(metadata))
    throw new InvalidArgumentError("memory.metadata", "it must be an object");
  const record: MemoryRecord = {
    id: given.id ?? memoryId(kind, text, turn),
    kind,
    text: text.trim(),
    ...(turn === undefined ? {} : { turn }),
    provenance: provenance === undefined ? [] : [checkedProvenance(provenance)],
    validFrom,
    ...(metadata === undefined ? {} : { metadata }),
  };
  validateDocuments([memoryDocument(record)], { limits });
  return record;
}

function checkedProvenance(provenance: Provenance): Provenance {
  const { sessionId, turnIds, speaker, at, agent } = provenance;
  const ids = Array.isArray(turnIds) && turnIds.every((id) => typeof id === "string");
  if (typeof sessionId !== "string" || sessionId === "" || !ids || !Number.isFinite(at)) {
    throw new InvalidArgumentError("memory.provenance", "it must be { sessionId, turnIds, at, speaker? }");
  }
  return {
    sessionId,
    turnIds,
    at,
    ...(speaker === undefined ? {} : { speaker }),
    ...(agent === undefined ? {} : { agent }),
  };
}
