import type { IndexChange, StoredDocument } from "../engine/index.ts";
import { conversationSettings, embedOrNone, StoredIndex, takeOver } from "../engine/index.ts";
import { ClosedError, IdentityMismatchError } from "../errors/index.ts";
import { type HeadCondition, sessionKey } from "../storage/index.ts";
import type { MemoryContext, UserRef } from "../user/index.ts";
import { enterSession, forgettable, userIdOf, userNameOf } from "../user/index.ts";
import { leaseChanges } from "./lease.ts";
import { isOutOfDate, subjectsOf } from "./out-of-date.ts";
import { searchText } from "./search-text.ts";
import { eventChange, participantChange, SessionState } from "./session-state.ts";
import type { ShownTexts } from "./shown-texts.ts";
import type { Turn } from "./turn.ts";
import { TurnList, turnOf } from "./turn-list.ts";

/** A turn is tried so often: each time, somebody else changed or forgot the session in between. */
const MOST_ATTEMPTS = 3;

export interface OpenSessionOptions {
  id: string;
  guard: ShownTexts;
  /** Names this process in leases. */
  holder: string;
  /** Called for each user who owns it or speaks in it, perhaps more than once. */
  onUser?: (userId: string, session: OpenSession) => void;
}

/**
 * A session that is open in this process; its holders share it. It is an index of its own: turns are documents (id =
 * turn id, text = `Speaker: text`, payload = the turn, chunk.parentId = session id), beside those that were added.
 */
export class OpenSession {
  readonly id: string;
  readonly stored: StoredIndex;
  readonly state: SessionState;
  readonly #context: MemoryContext;
  readonly #options: OpenSessionOptions;
  readonly #turns: TurnList;
  /** Who owned it when it was last looked at: claims it again when another process forgot it meanwhile. */
  #owner: UserRef | undefined;
  #closed = false;

  private constructor(context: MemoryContext, options: OpenSessionOptions, stored: StoredIndex, state: SessionState) {
    this.id = options.id;
    this.stored = stored;
    this.state = state;
    this.#context = context;
    this.#options = options;
    this.#turns = new TurnList(options.id);
    if (state.owner !== undefined) this.#owner = { ...state.owner, id: state.owner.userId };
  }

  static async open(context: MemoryContext, options: OpenSessionOptions): Promise<OpenSession> {
    const { storage, project, arenas, logger, clock, marks } = context;
    const state = new SessionState();
    const log = forgettable(await storage.open(sessionKey(project, options.id)), marks, () =>
      subjectsOf(options.id, state.owner === undefined ? [] : [state.owner.userId]),
    );
    const stored = await StoredIndex.open({
      log,
      attributes: { "sotto.kind": "session" },
      arena: () => arenas.shared(),
      settings: conversationSettings(context),
      fold: state,
      logger,
      clock,
    });
    await takeOver(stored, {
      ...context,
      spokenOf: (document) => ({
        text: document.text,
        withoutNames: turnOf(document, options.id)?.text ?? document.text,
      }),
    });
    options.guard.restore(options.id, state.recalled);
    const session = new OpenSession(context, options, stored, state);
    for (const userId of state.participants) options.onUser?.(userId, session);
    return session;
  }

  /** The user that owns the session; undefined for one without. */
  get userId(): string | undefined {
    return this.state.owner?.userId;
  }
  get userName(): string | undefined {
    return this.state.owner?.name;
  }
  /** Ended, and nothing recorded since. */
  get ended(): boolean {
    return this.state.ended;
  }
  get closed(): boolean {
    return this.#closed;
  }
  /** In the order of `at`, then of the log. Kept between calls: only new turns are read. */
  get turns(): readonly Turn[] {
    return this.#turns.read(this.stored.index);
  }
  /** Turns, and documents that were added (chunks of one document count once). */
  get docCount(): number {
    const { documents } = this.stored.index;
    const turns = this.turns.length;
    return documents.parentCount - (turns > 0 ? 1 : 0) + turns;
  }

  /** Whether some turn is not in permanent memory yet. */
  get hasUnconsolidated(): boolean {
    return this.turns.length > this.state.consolidated.size;
  }

  isConsolidated(turnId: string): boolean {
    return this.state.consolidated.has(turnId);
  }

  refresh(): Promise<void> {
    return this.stored.refresh();
  }

  /** Throws `session.identity_mismatch` for a user that does not own the session. */
  assertUser(user: UserRef): void {
    if (this.userId !== undefined && this.userId !== userIdOf(user, this.#context.limits))
      throw new IdentityMismatchError(this.id);
  }

  /** Throws `session.identity_mismatch` unless it is this user's session. */
  assertOwner(userId: string): void {
    if (this.userId !== userId) throw new IdentityMismatchError(this.id);
  }

  /** Makes a user the owner of a session that has none; throws `session.identity_mismatch` when another is. */
  async claimFor(user: UserRef): Promise<void> {
    const userId = userIdOf(user, this.#context.limits);
    const name = userNameOf(user);
    for (;;) {
      this.assertUser(user);
      this.#owner = { id: userId, ...(name === undefined ? {} : { name }) };
      this.#options.onUser?.(userId, this);
      if (this.userId !== undefined && (name === undefined || name === this.userName)) return;
      try {
        // From before the entry until after the claim, nobody may have forgotten the one or the other.
        const onlyIf = await this.#conditions([userId]);
        if (this.userId === undefined)
          onlyIf.push(
            await enterSession(this.#context, userId, { sessionId: this.id, role: "owner", ended: false }, onlyIf),
          );
        const owner = eventChange({
          type: "owner",
          userId,
          ...(name === undefined ? {} : { name }),
          ...(this.#context.agent === undefined ? {} : { agent: this.#context.agent }),
        });
        const lease = leaseChanges(this.state, this.#options.holder, this.#context.clock.now());
        await this.stored.append([owner, participantChange(userId), ...lease], {
          expectedVersion: this.stored.version,
          onlyIf,
        });
        return;
      } catch (error) {
        if (!isOutOfDate(error)) throw error;
        await this.refresh();
      }
    }
  }

  /**
   * Writes turns in one batch. Those whose id is in the session already are left out: the first one stays. Resolves when
   * they are durable and searchable (`queued`: searchable; `committed` then tells of the disk). `replaced`: they stand in
   * the place of turns that were erased, perhaps with an id of those.
   */
  async record(
    turns: readonly Turn[],
    options: { durability?: "commit" | "queued"; replaced?: boolean } = {},
  ): Promise<{ committed?: Promise<void> }> {
    for (let attempt = 1; ; attempt++) {
      try {
        const { committed } = await this.#recordOnce(turns, options);
        return committed === undefined
          ? {}
          : { committed: committed.catch((error) => this.#recordAgain(turns, error)) };
      } catch (error) {
        if (!isOutOfDate(error) || attempt === MOST_ATTEMPTS) throw error;
        await this.refresh();
      }
    }
  }

  /** What was queued was refused because the session is not what this process took it for: then it waits for the disk. */
  async #recordAgain(turns: readonly Turn[], error: unknown): Promise<void> {
    if (!isOutOfDate(error) || this.#closed) throw error;
    await this.refresh();
    await this.record(turns);
  }

  async #recordOnce(
    turns: readonly Turn[],
    options: { durability?: "commit" | "queued"; replaced?: boolean },
  ): Promise<{ committed?: Promise<void> }> {
    this.assertOpen();
    const fresh = turns.filter((turn) => this.stored.index.documents.slotOf(turn.id) === undefined);
    if (fresh.length === 0) return {};
    await this.#reclaim();
    const onlyIf = await this.#conditions(fresh.flatMap(({ speaker }) => speaker ?? []));
    const newcomers = await this.#enterSpeakers(fresh, onlyIf);
    const texts = fresh.map((turn) => searchText(turn, this.state.owner?.userId));
    const vectors = await embedOrNone(
      this.#context,
      fresh.map((turn, n) => ({ text: texts[n] as string, withoutNames: turn.text })),
    );
    this.assertOpen();
    const position = this.turns.length;
    // An index that stayed another embedder's takes no vectors of this one; what was said is found by its words.
    const { settings } = this.stored;
    const hasOwnVectors = settings === undefined || settings.embedderId === this.#context.embedder.id;
    const puts = fresh.map((turn, n): IndexChange => {
      const payload = turn as unknown as NonNullable<StoredDocument["payload"]>;
      const document: StoredDocument = {
        id: turn.id,
        text: texts[n] as string,
        payload,
        chunk: { parentId: this.id, position: position + n },
      };
      return { type: "put", document, vector: hasOwnVectors ? vectors[n] : undefined };
    });
    const { replaced, ...durability } = options;
    return this.stored.append([...this.#preamble(newcomers), ...puts], {
      ...durability,
      onlyIf,
      // For another process that has not seen these turns yet; copies from a file need none, and a turn in the place of
      // another may have that one's id.
      ...(fresh.length > 2 || replaced === true
        ? {}
        : { idempotencyKey: `turns/${fresh.map(({ id }) => id).join("\n")}` }),
    });
  }

  /** Makes sure that what is about to be written can be found later. Call it before writing to `stored` by other ways. */
  async prepareWrite(): Promise<void> {
    this.assertOpen();
    await this.refresh();
    await this.#reclaim();
  }

  /** Brings back the owner after another process forgot the session, so that what is written from now on is found. */
  async #reclaim(): Promise<void> {
    if (this.userId === undefined && this.#owner !== undefined) await this.claimFor(this.#owner);
  }

  /** What has to hold for a write about these users, besides what `stored` asks for: that they are not being forgotten. */
  #conditions(userIds: readonly string[]): Promise<HeadCondition[]> {
    const { marks } = this.#context;
    return Promise.all(subjectsOf(this.id, [...new Set(userIds)]).map((subject) => marks.condition(subject)));
  }

  /**
   * Enters the session in the lists of speakers that are not in it yet, and answers their ids. `onlyIf` grows by what the
   * turns' batch then depends on.
   */
  async #enterSpeakers(turns: readonly Turn[], onlyIf: HeadCondition[]): Promise<string[]> {
    const { owner, participants, ended } = this.state;
    const speakers = new Set(turns.flatMap(({ speaker }) => speaker ?? []));
    if (ended && owner !== undefined) speakers.add(owner.userId);
    const newcomers = [...speakers].filter((userId) => ended || !participants.has(userId));
    const { key } = this.stored.log;
    const session = { key, epoch: this.stored.epoch };
    for (const userId of newcomers) {
      this.#options.onUser?.(userId, this);
      const role = userId === owner?.userId ? "owner" : "speaker";
      onlyIf.push(await enterSession(this.#context, userId, { sessionId: this.id, role, ended: false }, [session]));
    }
    return newcomers;
  }

  /** What goes before turns in their batch: only what has changed. */
  #preamble(newcomers: readonly string[]): IndexChange[] {
    const now = this.#context.clock.now();
    const changes: IndexChange[] = newcomers.map(participantChange);
    if (this.state.ended) changes.push(eventChange({ type: "resumed", at: now }));
    changes.push(...leaseChanges(this.state, this.#options.holder, now));
    const sentences = this.#options.guard.takeUnsaved(this.id);
    if (sentences.length > 0) changes.push(eventChange({ type: "recalled", sentences }));
    return changes;
  }

  async flush(): Promise<void> {
    await this.stored.log.flush();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      await this.stored.log.flush();
    } finally {
      await this.stored.close();
    }
  }

  assertOpen(): void {
    if (this.#closed) throw new ClosedError(`The session "${this.id}"`);
  }
}
