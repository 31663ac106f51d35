import { hasVectorsOf, type QuantizedVector, wholeWords } from "../engine/index.ts";
import { codeOf, hasCode, SottoError } from "../errors/index.ts";
import type { OpenSession, SessionRegistry, Turn } from "../session/index.ts";
import { eventChange, isHeldUntil, isLive, searchText } from "../session/index.ts";
import { takeInTurns } from "../steps.ts";
import type { HeadCondition } from "../storage/index.ts";
import { inSpan } from "../telemetry/index.ts";
import type { MemoryContext, MemoryRecord, Provenance, UserMemory, UserPool } from "../user/index.ts";
import { contentHash, enterSession } from "../user/index.ts";
import type { ConsolidationInput, ConsolidationResult, Consolidator } from "./consolidator.ts";
import type { LoopGuard } from "./loop-guard/loop-guard.ts";
import { withoutRecalled } from "./loop-guard/without-recalled.ts";
import { nearestMemories } from "./nearest-memories.ts";
import { pendingTurns } from "./pending-turns.ts";
import { TURNS_ID } from "./turn-consolidator.ts";

/** A consolidator (perhaps a language model) is given up after so long; the session is taken up again later. */
const CONSOLIDATE_TIMEOUT_MS = 60_000;
/** Nobody else consolidates a session for so long after somebody began. */
const CLAIM_MS = CONSOLIDATE_TIMEOUT_MS * 2;
/** What is forgotten in the middle of a consolidation makes it begin anew, so often. */
const MOST_ATTEMPTS = 3;
const KNOWN_PER_TURN = 8;
const MOST_KNOWN = 40;
/** So many of the newest turns are compared with what is remembered. */
const MOST_TURNS_COMPARED = 200;

export interface ConsolidationParts {
  sessions: SessionRegistry;
  users: UserPool;
  guard: LoopGuard;
  consolidator: Consolidator;
  /** Names this process in claims. */
  holder: string;
}

/**
 * Turns sessions into permanent memory, each turn once: what was done is noted in the session's log, ids are made from
 * what they stand for, so that a run which a crash cut short is simply done again. One process at a time does it.
 */
export class Consolidation {
  readonly #context: MemoryContext;
  readonly #parts: ConsolidationParts;
  #running = new Map<string, Promise<boolean>>();

  constructor(context: MemoryContext, parts: ConsolidationParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Consolidates what is new in a session. False when it failed (counted and logged) or another process is at it. */
  run(session: OpenSession): Promise<boolean> {
    const running = this.#running.get(session.id);
    if (running !== undefined) return running.then(() => this.run(session));
    const run = this.#run(session).finally(() => this.#running.delete(session.id));
    this.#running.set(session.id, run);
    return run;
  }

  /** Consolidates a session and marks it as ended. One that could not be consolidated is not ended: its user's next session tries again. */
  async end(session: OpenSession): Promise<{ memories: number }> {
    if (await this.run(session)) await this.#markEnded(session);
    return { memories: session.state.memories };
  }

  /** Waits for a run that is under way. */
  async settled(sessionId: string): Promise<void> {
    await this.#running.get(sessionId);
  }

  /** Consolidates turns once more, whose memory is gone though they are not. */
  async again(session: OpenSession, turnIds: readonly string[]): Promise<boolean> {
    await session.stored.append([eventChange({ type: "unconsolidated", turnIds })]);
    return this.run(session);
  }

  /** Ends the sessions of a user that were left behind: not ended, and nobody writes to them any more. */
  async recover(memory: UserMemory): Promise<void> {
    const { sessions } = this.#parts;
    const { clock } = this.#context;
    for (const { sessionId } of memory.sessions.entries.filter(({ ended }) => !ended)) {
      if (sessions.isHeld(sessionId) || this.#running.has(sessionId)) continue;
      if (!(await sessions.exists(sessionId))) {
        await memory.sessions.forget([sessionId]);
        continue;
      }
      await sessions.use(sessionId, async (session) => {
        await session.refresh();
        if (!isLive(session.state, clock.now())) await this.end(session);
      });
    }
  }

  async #run(session: OpenSession, attempt = 1): Promise<boolean> {
    const { stats, logger } = this.#context;
    try {
      await session.refresh();
      if (!session.hasUnconsolidated) return true;
      if (!(await this.#claim(session))) return false;
      try {
        const pending = await takeInTurns(pendingTurns(session));
        const { log, epoch } = session.stored;
        const onlyIf = [{ key: log.key, epoch }];
        const turnIds = pending.flatMap(({ turns }) => turns.map(({ id }) => id));
        let memories = 0;
        for (const { userId, turns } of pending) {
          if (userId === undefined) continue;
          memories += await inSpan(
            "sotto.consolidate",
            { "sotto.consolidator": this.#parts.consolidator.id, "sotto.turns": turns.length },
            () => this.#parts.users.use(userId, (memory) => this.#consolidateFor(memory, session, turns, onlyIf)),
            (made) => ({ "sotto.memories": made }),
          );
        }
        await session.stored.append([eventChange({ type: "consolidated", turnIds, memories }), this.#claimed(0)]);
        stats.consolidations++;
        return true;
      } catch (error) {
        await session.stored.append([this.#claimed(0)]).catch(() => undefined);
        throw error;
      }
    } catch (error) {
      // Something of the session was forgotten since it was read: what is left is consolidated.
      if (hasCode(error, "storage.condition_failed") && attempt < MOST_ATTEMPTS && !session.closed)
        return this.#run(session, attempt + 1);
      stats.failedConsolidations++;
      logger.error("a session could not be consolidated", { session: session.id, error: codeOf(error) });
      return false;
    }
  }

  /** Answers how many memories the turns are in. */
  async #consolidateFor(
    memory: UserMemory,
    session: OpenSession,
    turns: readonly Turn[],
    onlyIf: readonly HeadCondition[],
  ): Promise<number> {
    await memory.refresh();
    const fresh = await takeInTurns(withoutRecalled(turns, this.#parts.guard.known(session.id)));
    const name =
      fresh.find(({ speaker, speakerName }) => speakerName !== undefined && speaker === memory.userId)?.speakerName ??
      (memory.userId === session.userId ? session.userName : undefined);
    if (fresh.every(({ text }) => text.trim() === "")) return 0;
    const result = await this.#ask({
      sessionId: session.id,
      user: { id: memory.userId, ...(name === undefined ? {} : { name }) },
      turns: fresh,
      profile: memory.profile.current,
      known: this.#known(memory, fresh),
    });
    return this.#write(memory, session, { turns: fresh, result, onlyIf });
  }

  /** What is remembered near to the turns: for consolidators that look at it, the default one does not. */
  #known(memory: UserMemory, turns: readonly Turn[]): MemoryRecord[] {
    if (this.#parts.consolidator.id === TURNS_ID) return [];
    const texts = turns.slice(-MOST_TURNS_COMPARED).map(({ text }) => text);
    return nearestMemories(memory, texts, { perText: KNOWN_PER_TURN, asOf: this.#context.clock.now() }).slice(
      0,
      MOST_KNOWN,
    );
  }

  async #ask(input: ConsolidationInput): Promise<ConsolidationResult> {
    const { clock } = this.#context;
    const { consolidator } = this.#parts;
    const timeout = new AbortController();
    let cancel = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = clock.after(CONSOLIDATE_TIMEOUT_MS, () => {
        const reason = new SottoError(
          "consolidation.timeout",
          `The consolidator ${consolidator.id} did not answer within ${CONSOLIDATE_TIMEOUT_MS} ms.`,
          { consolidator: consolidator.id },
        );
        timeout.abort(reason);
        reject(reason);
      });
    });
    try {
      return await Promise.race([consolidator.consolidate({ ...input, signal: timeout.signal }), late]);
    } finally {
      cancel();
    }
  }

  async #write(
    memory: UserMemory,
    session: OpenSession,
    found: { turns: readonly Turn[]; result: ConsolidationResult; onlyIf: readonly HeadCondition[] },
  ): Promise<number> {
    const { turns, onlyIf } = found;
    const { memories, profilePatch } = found.result;
    const { limits } = this.#context;
    const byId = new Map(turns.map((turn) => [turn.id, turn]));
    const { agent } = this.#context;
    const provenanceOf = (ids: readonly string[]): Provenance => {
      const made = ids.filter((id) => byId.has(id));
      const turnIds = made.length === 0 ? [...byId.keys()] : made;
      return {
        sessionId: session.id,
        turnIds,
        speaker: memory.userId,
        at: turnIds.reduce((first, id) => Math.min(first, (byId.get(id) as Turn).at), Number.POSITIVE_INFINITY),
        ...(agent === undefined ? {} : { agent }),
      };
    };
    // Raised by every forget, after which the same turns may have to be consolidated again.
    const { epoch } = memory.permanent;
    const idempotencyKey = `session/${session.id}/${this.#parts.consolidator.id}/${epoch}/${contentHash([...byId.keys()].join("\n"))}`;
    const vectors = hasVectorsOf(session.stored, this.#context.embedder) ? sessionVectors(session, turns) : new Map();
    const records = await memory.add(
      memories.map(({ turnIds, supersedes, ...input }) => {
        const made = provenanceOf(turnIds);
        // Kept with the question before it, a turn was still said when it was said.
        const provenance = input.kind === "turn" ? { ...made, at: input.validFrom ?? made.at } : made;
        const text = wholeWords(input.text, limits.documentChars);
        const replaces = supersedes?.filter((id) => memory.record(id) !== undefined);
        return {
          memory: { validFrom: provenance.at, ...input, text, provenance },
          ...(replaces === undefined ? {} : { supersedes: replaces }),
        };
      }),
      { idempotencyKey, onlyIf, vectorOf: (text) => vectors.get(text) },
    );
    if (profilePatch !== undefined && (profilePatch.data !== undefined || profilePatch.summary !== undefined)) {
      await memory.profile.update(
        { ...profilePatch, provenance: [provenanceOf([...byId.keys()])] },
        { idempotencyKey, onlyIf },
      );
    }
    return new Set(records.map(({ id }) => id)).size;
  }

  async #claim(session: OpenSession): Promise<boolean> {
    const { clock } = this.#context;
    for (;;) {
      const { claim } = session.state;
      const now = clock.now();
      if (claim !== undefined && isHeldUntil(claim.until, now, CLAIM_MS) && claim.holder !== this.#parts.holder)
        return false;
      try {
        await session.stored.append([this.#claimed(now + CLAIM_MS)], { expectedVersion: session.stored.version });
        return true;
      } catch (error) {
        if (!hasCode(error, "storage.version_conflict")) throw error;
        await session.refresh();
      }
    }
  }

  #claimed(until: number): ReturnType<typeof eventChange> {
    return eventChange({ type: "claim", holder: this.#parts.holder, until });
  }

  async #markEnded(session: OpenSession): Promise<void> {
    const { owner, participants, ended } = session.state;
    const at = this.#context.clock.now();
    if (!ended)
      await session.stored.append([
        eventChange({ type: "lease", holder: this.#parts.holder, until: 0 }),
        eventChange({ type: "ended", at }),
      ]);
    const { log, epoch } = session.stored;
    for (const userId of participants) {
      const role = userId === owner?.userId ? "owner" : "speaker";
      // Nobody who was forgotten since is entered again.
      await enterSession(this.#context, userId, { sessionId: session.id, role, ended: true }, [
        { key: log.key, epoch },
      ]).catch((error: unknown) => {
        if (!isForgotten(error)) throw error;
      });
    }
  }
}

function isForgotten(error: unknown): boolean {
  return hasCode(error, "user.forgotten") || hasCode(error, "storage.condition_failed");
}

/** The vectors that a session holds of its turns, by the text that was embedded, so that none is made twice. */
function sessionVectors({ stored, userId }: OpenSession, turns: readonly Turn[]): Map<string, QuantizedVector> {
  const { index } = stored;
  const vectors = new Map<string, QuantizedVector>();
  for (const turn of turns) {
    const vector = index.vectorOf(turn.id);
    if (vector !== undefined) vectors.set(searchText(turn, userId), vector);
  }
  return vectors;
}
