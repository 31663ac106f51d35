import type { Clock } from "../clock.ts";
import {
  SessionForgottenError,
  StorageConditionError,
  StorageCorruptError,
  UserForgottenError,
} from "../errors/index.ts";
import { encodePart, type HeadCondition, type Log, projectKeyPrefix, type Storage } from "../storage/index.ts";
import { contentHash } from "./permanent/content-hash.ts";

/** Who or what is being forgotten. */
export interface ForgetSubject {
  kind: "user" | "session";
  id: string;
}

/** A mark as it is stored while a forget is under way. */
export interface ForgetMark extends ForgetSubject {
  /** Whose lists and memories a session is in: once its log is gone nothing else tells. */
  people?: readonly string[];
  /** Until when whoever set it counts as still at it, milliseconds since the epoch. */
  until: number;
}

/** Whoever forgets renews the mark; a mark that is older was left by a process that was killed. Milliseconds. */
export const MARK_MS = 30_000;

/** Conditions that are remembered at most: each is read from the store once. */
const MOST_KNOWN = 10_000;

/**
 * Marks of users and sessions that are being forgotten. Each is a log of its own, which is empty while nothing is being
 * forgotten and raises its epoch each time that something was: a write about somebody depends on the head of their mark
 * (`onlyIf`), so that one that was begun before a forget, in whatever process, cannot end after it.
 */
export class ForgetMarks {
  readonly #storage: Storage;
  readonly #prefix: string;
  readonly #clock: Clock;
  /** Called when somebody is found marked: whoever set the mark may be gone. */
  onMarked: ((subject: ForgetSubject) => void) | undefined;
  /** By key of the mark, the head that it had when it was last looked at. */
  readonly #known = new Map<string, Promise<HeadCondition>>();

  constructor({ storage, project, clock }: { storage: Storage; project: string; clock: Clock }) {
    this.#storage = storage;
    this.#prefix = `${projectKeyPrefix(project)}forgetting/`;
    this.#clock = clock;
  }

  /** What has to hold for a write about the subject. Throws `user.forgotten` or `session.forgotten` when it is being forgotten. */
  async condition(subject: ForgetSubject): Promise<HeadCondition> {
    const key = this.#key(subject);
    let known = this.#known.get(key);
    if (known === undefined) {
      if (this.#known.size >= MOST_KNOWN) this.#known.clear();
      known = this.#read(key);
      this.#known.set(key, known);
      known.catch(() => this.#known.delete(key));
    }
    const condition = await known;
    if (condition.version === 0) return condition;
    this.#known.delete(key);
    this.onMarked?.(subject);
    throw subject.kind === "user" ? new UserForgottenError() : new SessionForgottenError();
  }

  /** The condition is to be read anew: a write that depended on it failed. */
  renew(key: string): void {
    this.#known.delete(key);
  }

  /** Marks a subject: no write about it gets through from now on. Sets it anew, and longer, when it is marked already. */
  async set(subject: ForgetSubject, people?: readonly string[]): Promise<void> {
    const log = await this.#storage.open(this.#key(subject));
    const mark: ForgetMark = { ...subject, until: this.#clock.now() + MARK_MS };
    if (people !== undefined) mark.people = people;
    this.#known.delete(log.key);
    await log.append([{ id: "mark", data: new TextEncoder().encode(JSON.stringify(mark)) }]);
    this.#known.delete(log.key);
  }

  /** Takes a mark away: what is written from now on begins anew. */
  async lift(subject: ForgetSubject): Promise<void> {
    const key = this.#key(subject);
    await this.#storage.delete(key);
    this.#known.delete(key);
  }

  /** The mark of a subject, where it has one. */
  async find(subject: ForgetSubject): Promise<ForgetMark | undefined> {
    return readMark(await this.#storage.open(this.#key(subject)));
  }

  /** All marks of the project. */
  async all(): Promise<ForgetMark[]> {
    const marks: ForgetMark[] = [];
    for (const key of await this.#storage.list(this.#prefix)) {
      const mark = await readMark(await this.#storage.open(key));
      if (mark !== undefined) marks.push(mark);
    }
    return marks;
  }

  /** Whether whoever set the mark is gone. A time too far ahead is of a clock that was wrong. */
  isLeft({ until }: ForgetMark): boolean {
    const now = this.#clock.now();
    return until <= now || until > now + 2 * MARK_MS;
  }

  async #read(key: string): Promise<HeadCondition> {
    const { version, epoch } = await (await this.#storage.open(key)).head();
    return { key, version, epoch };
  }

  #key({ kind, id }: ForgetSubject): string {
    // A hash: the key must not be one more place where the name of who is forgotten stands.
    return `${this.#prefix}${encodePart(`${kind}-${contentHash(id)}`)}`;
  }
}

async function readMark(log: Log): Promise<ForgetMark | undefined> {
  const { version } = await log.head();
  if (version === 0) return undefined;
  const [batch] = await log.read({ after: version - 1 });
  const data = batch?.records[0]?.data;
  if (data === undefined) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(data)) as ForgetMark;
  } catch {
    throw new StorageCorruptError(`The log ${log.key}`, "a mark is not JSON");
  }
}

/**
 * The log, with appends that depend on the marks of `subjects`, asked for each append. One that fails because a subject was
 * forgotten since the mark was last looked at is tried once more: what it depends on besides, it was given.
 */
export function forgettable(log: Log, marks: ForgetMarks, subjects: () => readonly ForgetSubject[]): Log {
  return {
    key: log.key,
    head: () => log.head(),
    async append(records, options = {}) {
      for (let isFirst = true; ; isFirst = false) {
        const own = await Promise.all(subjects().map((subject) => marks.condition(subject)));
        try {
          const result = await log.append(records, { ...options, onlyIf: [...(options.onlyIf ?? []), ...own] });
          result.committed?.catch((error: unknown) => renewFailed(marks, error));
          return result;
        } catch (error) {
          const failed = renewFailed(marks, error);
          if (!isFirst || !own.some(({ key }) => key === failed)) throw error;
        }
      }
    },
    read: (options) => log.read(options),
    writeSnapshot: (snapshot) => log.writeSnapshot(snapshot),
    readSnapshot: () => log.readSnapshot(),
    erase: (ids, options) => log.erase(ids, options),
    truncate: (options) => log.truncate(options),
    flush: () => log.flush(),
    watch: (listener) => log.watch(listener),
  };
}

/** The key of the mark that a write failed by. */
function renewFailed(marks: ForgetMarks, error: unknown): string | undefined {
  if (!StorageConditionError.isInstance(error)) return undefined;
  marks.renew(error.conditionKey);
  return error.conditionKey;
}
