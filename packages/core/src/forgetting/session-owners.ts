import { readFirstEvents } from "../engine/index.ts";
import type { SessionRegistry } from "../session/index.ts";
import { parseKey, sessionKeyPrefix } from "../storage/index.ts";
import type { MemoryContext } from "../user/index.ts";

/** The claim is among the first batches of a session's log, but for one that was begun without an owner. */
const BATCHES = 20;
/** Sessions that are looked at side by side. */
const TOGETHER = 64;

/** Who owns a session, as of a version of its log; somebody who owns it goes on owning it. */
interface KnownOwner {
  owner: string | undefined;
  version: number;
}

/**
 * Whose the sessions of the project are, by their own logs and not by anybody's list: what a version without marks, or a
 * clock, left behind is found by it. Each log is looked at once a process, by its first batches.
 */
export class SessionOwners {
  readonly #context: MemoryContext;
  readonly #sessions: SessionRegistry;
  #known = new Map<string, KnownOwner>();

  constructor(context: MemoryContext, sessions: SessionRegistry) {
    this.#context = context;
    this.#sessions = sessions;
  }

  async all(): Promise<{ sessionId: string; owner: string | undefined }[]> {
    const { storage, project } = this.#context;
    const known = new Map<string, KnownOwner>();
    const ids = (await storage.list(sessionKeyPrefix(project))).flatMap((key) => {
      const parsed = parseKey(key);
      return parsed?.kind === "session" ? [{ key, id: parsed.session }] : [];
    });
    for (let start = 0; start < ids.length; start += TOGETHER) {
      await Promise.all(
        ids.slice(start, start + TOGETHER).map(async ({ key, id }) => {
          known.set(id, await this.#look(key, id, this.#known.get(id)));
        }),
      );
    }
    this.#known = known;
    return Array.from(known, ([sessionId, { owner }]) => ({ sessionId, owner }));
  }

  async #look(key: string, id: string, before: KnownOwner | undefined): Promise<KnownOwner> {
    if (before?.owner !== undefined) return before;
    const log = await this.#context.storage.open(key);
    const { version } = await log.head();
    if (before?.version === version) return before;
    const events = await readFirstEvents(log, BATCHES);
    const owner = events?.find(({ type }) => type === "owner")?.userId;
    if (typeof owner === "string") return { owner, version };
    if (events !== undefined && version <= BATCHES) return { owner: undefined, version };
    const held = await this.#sessions.use(id, (session) => session.userId);
    if (!this.#sessions.isHeld(id)) await this.#sessions.evict(id);
    return { owner: held, version };
  }
}
