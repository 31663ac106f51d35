import type { IndexChange, QuantizedVector, SpokenText } from "../../engine/index.ts";
import { conversationSettings, embedOrNone, StoredIndex, sameWords, takeOver } from "../../engine/index.ts";
import { hasCode, InvalidArgumentError, MemorySupersededError } from "../../errors/index.ts";
import { nextTurn } from "../../steps.ts";
import { type AppendOptions, permanentKey } from "../../storage/index.ts";
import type { MemoryContext } from "../memory-context.ts";
import type { MemoryInput, MemoryRecord } from "../memory-types.ts";
import { openUserLog } from "../open-user-log.ts";
import { ProfileLog } from "../profile/profile-log.ts";
import { UserSessions } from "../sessions/user-sessions.ts";
import { isValidAt, lastSaid, memoryDocument, memoryOf } from "./memory-document.ts";
import { type MemoryView, mergeMemory, readMemory } from "./merge-memory.ts";
import { unlabelledText } from "./turn-text.ts";
import { toMemoryRecord } from "./validate-memory.ts";

/** Memories that are written at once: a few milliseconds' worth. */
const BATCH = 128;

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
      StoredIndex.open({
        log,
        attributes: { "sotto.kind": "permanent" },
        arena: () => arenas.shared(),
        settings: conversationSettings(context),
        logger,
        clock,
      }),
      ProfileLog.open(context, userId),
      UserSessions.open(context, userId),
    ]);
    await takeOver(permanent, {
      ...context,
      spokenOf: (document) => {
        const { turn } = memoryOf(document);
        return { text: document.text, withoutNames: turn === undefined ? document.text : unlabelledText(turn) };
      },
    });
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
   * Adds memories, in batches of 128 between which the event loop runs on: cut off, it is done again without harm. The
   * same words again are one more provenance of the memory that is held. Answers the records that now stand for them.
   * `vectorOf`: vectors that are known, by text.
   */
  async add(
    additions: readonly MemoryAddition[],
    options: { vectorOf?: (text: string) => QuantizedVector | undefined } & WriteConditions = {},
  ): Promise<MemoryRecord[]> {
    const { idempotencyKey, onlyIf, vectorOf } = options;
    const stand: MemoryRecord[] = [];
    for (let start = 0; start < additions.length; start += BATCH) {
      if (start > 0) await nextTurn();
      const batch = additions.slice(start, start + BATCH);
      const conditions: WriteConditions = {
        ...(idempotencyKey === undefined ? {} : { idempotencyKey: `${idempotencyKey}/${start}` }),
        ...(onlyIf === undefined ? {} : { onlyIf }),
      };
      for (const record of await this.#addBatch(batch, vectorOf, conditions)) stand.push(record);
    }
    return stand;
  }

  async #addBatch(
    additions: readonly MemoryAddition[],
    vectorOf: ((text: string) => QuantizedVector | undefined) | undefined,
    conditions: WriteConditions,
  ): Promise<MemoryRecord[]> {
    const { clock, limits } = this.#context;
    const now = clock.now();
    const records = additions.map(({ memory }) => toMemoryRecord(memory, now, limits));
    const vectors = await this.#vectors(records, vectorOf);
    return this.#change(
      (view) =>
        records.map((added, n) => {
          const record = mergeMemory(view, added);
          for (const oldId of additions[n]?.supersedes ?? []) supersedeIn(view, oldId, record);
          return record;
        }),
      vectors,
      conditions,
    );
  }

  /** By text, those that are known, and of the others new ones. */
  async #vectors(
    records: readonly MemoryRecord[],
    vectorOf: (text: string) => QuantizedVector | undefined = () => undefined,
  ): Promise<Map<string, QuantizedVector>> {
    const vectors = new Map<string, QuantizedVector>();
    const unknown: SpokenText[] = [];
    for (const { text, turn } of records) {
      const known = vectorOf(text);
      if (known === undefined) unknown.push({ text, withoutNames: turn === undefined ? text : unlabelledText(turn) });
      else vectors.set(text, known);
    }
    if (unknown.length === 0) return vectors;
    const made = await embedOrNone(this.#context, unknown);
    for (const [n, { text }] of unknown.entries()) {
      const vector = made[n];
      if (vector !== undefined) vectors.set(text, vector);
    }
    return vectors;
  }

  /** Replaces a memory: the old one stays, valid until the new one begins. */
  async supersede(oldId: string, newFact: MemoryInput | string): Promise<MemoryRecord> {
    await this.permanent.refresh();
    const old = this.record(oldId);
    if (old === undefined) throw new InvalidArgumentError("oldId", `the user has no memory ${JSON.stringify(oldId)}`);
    const { clock, limits } = this.#context;
    const added = toMemoryRecord(newFact, clock.now(), limits);
    if (added.validFrom < old.validFrom) {
      throw new InvalidArgumentError(
        "newFact.validFrom",
        `${added.validFrom} is before the old memory became true, ${old.validFrom}`,
      );
    }
    const vectors = await this.#vectors([added]);
    return this.#change((view) => {
      // Looked at in the very step that writes: of two at once, the second finds what the first wrote.
      const held = readMemory(view, oldId);
      const by = held?.supersededBy === undefined ? undefined : readMemory(view, held.supersededBy);
      if (by !== undefined && sameWords(by.text) !== sameWords(added.text))
        throw new MemorySupersededError(oldId, by.id);
      const record = mergeMemory(view, added);
      supersedeIn(view, oldId, record);
      return record;
    }, vectors);
  }

  /** Writes records as they are, over what is held. */
  async replace(records: readonly MemoryRecord[]): Promise<void> {
    await this.#change(
      (view) => {
        for (const record of records) view.changed.set(record.id, record);
      },
      await this.#vectors(records),
    );
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
    vectors: ReadonlyMap<string, QuantizedVector>,
    conditions: WriteConditions = {},
  ): Promise<Result> {
    // One after the other in this process: side by side, all but one would find the version changed and start again.
    const run = this.#changes.then(() => this.#changeNow(work, vectors, conditions));
    this.#changes = run.catch(() => undefined);
    return run;
  }

  async #changeNow<Result>(
    work: (view: MemoryView) => Result,
    vectors: ReadonlyMap<string, QuantizedVector>,
    conditions: WriteConditions = {},
  ): Promise<Result> {
    const { permanent } = this;
    const { idempotencyKey, onlyIf } = conditions;
    await permanent.refresh();
    for (;;) {
      const { settings } = permanent;
      const isOwn = settings === undefined || settings.embedderId === this.#context.embedder.id;
      const view: MemoryView = { index: permanent.index, changed: new Map() };
      const result = work(view);
      if (view.changed.size === 0) return result;
      const changes: IndexChange[] = [];
      for (const record of view.changed.values()) {
        const held =
          permanent.index.documents.slotOf(record.id) === undefined ? undefined : permanent.index.vectorOf(record.id);
        changes.push({
          type: "put",
          document: memoryDocument(record),
          vector: held ?? (isOwn ? vectors.get(record.text) : undefined),
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
  return lastSaid(b) - lastSaid(a);
}
