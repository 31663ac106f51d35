import type { IndexChange } from "../../engine/index.ts";
import { conversationSettings, embedOrNone, quantizeVector, StoredIndex } from "../../engine/index.ts";
import { hasCode, InvalidArgumentError } from "../../errors/index.ts";
import { type AppendOptions, permanentKey } from "../../storage/index.ts";
import type { MemoryContext } from "../memory-context.ts";
import type { MemoryInput, MemoryRecord } from "../memory-types.ts";
import { openUserLog } from "../open-user-log.ts";
import { ProfileLog } from "../profile/profile-log.ts";
import { UserSessions } from "../sessions/user-sessions.ts";
import { isValidAt, memoryDocument, memoryOf } from "./memory-document.ts";
import { type MemoryView, mergeMemory, readMemory } from "./merge-memory.ts";
import { toMemoryRecord } from "./validate-memory.ts";

/** A memory to be added, and the ids of those that it replaces. */
export interface MemoryAddition {
  memory: MemoryInput | string;
  supersedes?: readonly string[];
}

/** What a write depends on: see `AppendOptions`. */
type WriteConditions = Pick<AppendOptions, "idempotencyKey" | "onlyIf">;

/** A user's permanent memory (an index of memories), profile and list of sessions, open in this process. */
export class UserMemory {
  readonly userId: string;
  /** Documents = memories: id, text, payload = the record, metadata = `{ kind, validFrom, validTo? }`. */
  readonly permanent: StoredIndex;
  readonly profile: ProfileLog;
  readonly sessions: UserSessions;
  readonly #context: MemoryContext;
  #changes: Promise<unknown> = Promise.resolve();

  private constructor(
    context: MemoryContext,
    userId: string,
    parts: { permanent: StoredIndex; profile: ProfileLog; sessions: UserSessions },
  ) {
    this.#context = context;
    this.userId = userId;
    this.permanent = parts.permanent;
    this.profile = parts.profile;
    this.sessions = parts.sessions;
  }

  static async open(context: MemoryContext, userId: string): Promise<UserMemory> {
    const { project, arenas, logger, clock } = context;
    const log = await openUserLog(context, userId, permanentKey(project, userId));
    const [permanent, profile, sessions] = await Promise.all([
      StoredIndex.open({ log, arena: () => arenas.shared(), settings: conversationSettings(context), logger, clock }),
      ProfileLog.open(context, userId),
      UserSessions.open(context, userId),
    ]);
    return new UserMemory(context, userId, { permanent, profile, sessions });
  }

  record(id: string): MemoryRecord | undefined {
    return readMemory({ index: this.permanent.index, changed: new Map() }, id);
  }

  /** True from `validFrom` until before `validTo`. */
  isValid(record: MemoryRecord, asOf: number): boolean {
    return isValidAt(record, asOf);
  }

  /** The same by slot of the index, without decoding the record: for searches. */
  isSlotValid(slot: number, asOf: number): boolean {
    const metadata = this.permanent.index.documents.metadata(slot) as
      | { validFrom: number; validTo?: number }
      | undefined;
    return metadata !== undefined && isValidAt(metadata, asOf);
  }

  /** Every memory, in the order of the index. */
  *all(): Generator<MemoryRecord> {
    const { documents, live } = this.permanent.index;
    for (const slot of live.toSlots()) yield memoryOf(documents.document(slot));
  }

  /** The newest memories that are valid then, newest first. */
  newest(limit: number, asOf: number): MemoryRecord[] {
    const { documents } = this.permanent.index;
    const found: MemoryRecord[] = [];
    for (let slot = documents.slotCount - 1; slot >= 0 && found.length < limit; slot--) {
      if (documents.idAt(slot) !== undefined && this.isSlotValid(slot, asOf))
        found.push(memoryOf(documents.document(slot)));
    }
    return found.sort(newestFirst);
  }

  /** Memories that are valid at `asOf` (default now), newest first; with `includeSuperseded` those that are no longer, too. */
  list(options: { asOf?: number; includeSuperseded?: boolean; limit?: number } = {}): MemoryRecord[] {
    const { asOf = this.#context.clock.now(), includeSuperseded = false, limit = Number.POSITIVE_INFINITY } = options;
    const listed: MemoryRecord[] = [];
    for (const record of this.all()) {
      const begun = record.validFrom <= asOf || (includeSuperseded && options.asOf === undefined);
      if (begun && (includeSuperseded || isValidAt(record, asOf))) listed.push(record);
    }
    return listed.sort(newestFirst).slice(0, limit);
  }

  /**
   * Adds memories in one batch. The same again is one more provenance of the memory that is held; with `near`, nearly the
   * same is so too. Answers the records that now stand for them.
   */
  async add(
    additions: readonly MemoryAddition[],
    options: { near?: boolean } & WriteConditions = {},
  ): Promise<MemoryRecord[]> {
    const { clock, limits } = this.#context;
    const now = clock.now();
    const records = additions.map(({ memory }) => toMemoryRecord(memory, now, limits));
    const vectors = await embedOrNone(
      this.#context,
      records.map(({ text }) => text),
    );
    const known = new Map(records.map(({ text }, n) => [text, vectors[n]]));
    return this.#change(
      (view) =>
        records.map((added, n) => {
          const record = mergeMemory(view, added, { near: options.near === true, now });
          for (const oldId of additions[n]?.supersedes ?? []) supersedeIn(view, oldId, record);
          return record;
        }),
      known,
      options,
    );
  }

  /** Replaces a memory: the old one stays, valid until the new one begins. */
  async supersede(oldId: string, newFact: MemoryInput | string): Promise<MemoryRecord> {
    await this.permanent.refresh();
    const old = this.record(oldId);
    if (old === undefined) throw new InvalidArgumentError("oldId", `the user has no memory ${JSON.stringify(oldId)}`);
    const { clock, limits } = this.#context;
    const added = toMemoryRecord(newFact, clock.now(), limits);
    const replacement = old.supersededBy === undefined ? undefined : this.record(old.supersededBy);
    if (replacement !== undefined && replacement.text !== added.text) {
      throw new InvalidArgumentError(
        "oldId",
        `the memory ${JSON.stringify(oldId)} is superseded by ${JSON.stringify(replacement.id)} already`,
      );
    }
    if (added.validFrom < old.validFrom) {
      throw new InvalidArgumentError(
        "newFact.validFrom",
        `${added.validFrom} is before the old memory became true, ${old.validFrom}`,
      );
    }
    const [record] = await this.add([{ memory: newFact, supersedes: [oldId] }]);
    return record as MemoryRecord;
  }

  /** Writes records as they are, over what is held. */
  async replace(records: readonly MemoryRecord[]): Promise<void> {
    const vectors = await embedOrNone(
      this.#context,
      records.map(({ text }) => text),
    );
    const known = new Map(records.map(({ text }, n) => [text, vectors[n]]));
    await this.#change((view) => {
      for (const record of records) view.changed.set(record.id, record);
    }, known);
  }

  async refresh(): Promise<void> {
    await Promise.all([this.permanent.refresh(), this.profile.refresh(), this.sessions.refresh()]);
  }

  async flush(): Promise<void> {
    await Promise.all([this.permanent.log.flush(), this.profile.flush()]);
  }

  async close(): Promise<void> {
    try {
      await this.flush();
    } finally {
      await Promise.all([this.permanent.close(), this.profile.close(), this.sessions.close()]);
    }
  }

  /** Reads, changes and writes as one step, also against other processes. `vectors` by text; the others are held already. */
  #change<Result>(
    work: (view: MemoryView) => Result,
    vectors: ReadonlyMap<string, Float32Array | null | undefined>,
    conditions: WriteConditions = {},
  ): Promise<Result> {
    // One after the other in this process: side by side, all but one would find the version changed and start again.
    const run = this.#changes.then(() => this.#changeNow(work, vectors, conditions));
    this.#changes = run.catch(() => undefined);
    return run;
  }

  async #changeNow<Result>(
    work: (view: MemoryView) => Result,
    vectors: ReadonlyMap<string, Float32Array | null | undefined>,
    conditions: WriteConditions = {},
  ): Promise<Result> {
    const { permanent } = this;
    const { idempotencyKey, onlyIf } = conditions;
    await permanent.refresh();
    for (;;) {
      const view: MemoryView = { index: permanent.index, changed: new Map() };
      const result = work(view);
      if (view.changed.size === 0) return result;
      const changes: IndexChange[] = [];
      for (const record of view.changed.values()) {
        const held =
          permanent.index.documents.slotOf(record.id) === undefined ? undefined : permanent.index.vectorOf(record.id);
        const vector = vectors.get(record.text);
        changes.push({
          type: "put",
          document: memoryDocument(record),
          vector: held ?? (vector ? quantizeVector(vector) : undefined),
        });
      }
      try {
        await permanent.append(changes, {
          expectedVersion: permanent.version,
          ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
          ...(onlyIf === undefined ? {} : { onlyIf }),
        });
        return result;
      } catch (error) {
        if (!hasCode(error, "storage.version_conflict") && !hasCode(error, "storage.compacted")) throw error;
        await permanent.refresh();
      }
    }
  }
}

/** Ends a memory where the one that replaces it begins. One that is superseded already stays as it is. */
function supersedeIn(view: MemoryView, oldId: string, by: MemoryRecord): void {
  const old = readMemory(view, oldId);
  if (old === undefined || old.id === by.id || old.validTo !== undefined) return;
  view.changed.set(old.id, { ...old, validTo: Math.max(by.validFrom, old.validFrom), supersededBy: by.id });
}

function newestFirst(a: MemoryRecord, b: MemoryRecord): number {
  return latest(b) - latest(a);
}

/** When it was last said, else when it became true. */
function latest({ provenance, validFrom }: MemoryRecord): number {
  return provenance.reduce((newest, { at }) => Math.max(newest, at), validFrom);
}
