import { getJobContext, voice } from "@livekit/agents";
import type { Session, Sotto } from "@sotto/core";
import { type TurnMemory, turnMemory, withDeadline } from "@sotto/core/adapter";
import { type Memory, type ResolvedMemory, resolveMemory } from "../memory-options.ts";
import { prefetchTranscripts } from "../recall/transcript-prefetch.ts";
import { TurnRecall } from "../recall/turn-recall.ts";
import { awaitOnClose } from "../recording/await-on-close.ts";
import { recordsInJob } from "../recording/on-session-end.ts";
import { SessionRecorder } from "../recording/session-recorder.ts";
import { errorText, guardedLog, guardedLogger } from "../telemetry/guarded-log.ts";
import { CallIdentity } from "./call-identity.ts";

/** LiveKit kills a job 60 s after its shutdown begins. */
const SHUTDOWN_MS = 50_000;
/** Opening ahead is given up after so long; milliseconds. */
const OPEN_MS = 10_000;

/** Memory of one session: the same for every agent that the session is handed to. */
export class CallMemory {
  readonly memory: ResolvedMemory;
  readonly session: voice.AgentSession;
  readonly identity: CallIdentity;
  readonly turns: TurnMemory;
  readonly recall: TurnRecall;
  #recorder: SessionRecorder | undefined;
  #prefetches = false;
  #opened: Promise<Session | undefined> | undefined;

  constructor(memory: ResolvedMemory, session: voice.AgentSession) {
    this.memory = memory;
    this.session = session;
    this.identity = new CallIdentity(memory, session);
    this.turns = turnsOf(memory);
    this.recall = new TurnRecall(memory, this.identity, this.turns);
  }

  /** Idempotent. */
  record(): SessionRecorder {
    if (this.#recorder !== undefined) return this.#recorder;
    const recorder = new SessionRecorder(this.memory, this.identity, this.turns);
    this.#recorder = recorder;
    recorder.listen(this.session);
    recordsInJob(getJobContext(false), recorder);
    const { clock } = this.memory;
    const endWithin = (timeoutMs: number) => async () => {
      this.identity.giveUp();
      try {
        await withDeadline(() => recorder.end(), { operation: "the end of a call", timeoutMs, clock });
      } catch {
        guardedLog("warn", "closing does not wait longer for memory", { waitedMs: timeoutMs });
      }
    };
    awaitOnClose(this.session, endWithin(this.memory.closeTimeoutMs), endWithin(SHUTDOWN_MS));
    return recorder;
  }

  /**
   * Opens the session and the caller's memory before they are asked for, and holds the session until the call closes, so
   * that recall finds everything open. This also takes up calls of theirs that a crash left behind. Idempotent; nothing
   * waits for it.
   */
  open(): void {
    if (this.#opened !== undefined) return;
    this.#opened = this.#open();
    this.session.once(voice.AgentSessionEventTypes.Close, () => void this.#release());
  }

  async #open(): Promise<Session | undefined> {
    try {
      const { sotto } = this.memory;
      const scope = await this.identity.scope();
      if (scope === undefined) return undefined;
      const held = await sotto.session({ id: scope.session, user: scope.owner });
      await sotto.brief({ user: scope.owner, session: scope.session, maxTurns: 0, maxMemories: 0, timeoutMs: OPEN_MS });
      return held;
    } catch (error) {
      guardedLog("warn", "the caller's memory could not be opened ahead", { error: errorText(error) });
      return undefined;
    }
  }

  async #release(): Promise<void> {
    try {
      const held = await this.#opened;
      this.#opened = undefined;
      this.identity.giveUp();
      await this.#recorder?.end();
      await held?.close({ end: false });
    } catch (error) {
      guardedLog("debug", "the session was closed already", { error: errorText(error) });
    }
  }

  /** Idempotent. */
  prefetch(): void {
    if (this.#prefetches) return;
    this.#prefetches = true;
    prefetchTranscripts(this.session, this.recall);
  }
}

/** Turns with the memory's own options. */
export function turnsOf({ sotto, onRecall: _, ...options }: ResolvedMemory): TurnMemory {
  return turnMemory(sotto, { logger: guardedLogger, ...options });
}

const calls = new WeakMap<object, Map<Sotto, CallMemory>>();

/** The memory of a session; made with the options of whoever asks first. */
export function callMemory<UserData>(session: voice.AgentSession<UserData>, memory: Memory): CallMemory {
  const resolved = resolveMemory(memory);
  const ofSession = calls.get(session) ?? new Map<Sotto, CallMemory>();
  calls.set(session, ofSession);
  const call = ofSession.get(resolved.sotto) ?? new CallMemory(resolved, session as unknown as voice.AgentSession);
  ofSession.set(resolved.sotto, call);
  return call;
}
