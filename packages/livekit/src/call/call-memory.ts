import { voice } from "@livekit/agents";
import type { Session, Sotto } from "@sotto/core";
import { type Memory, type ResolvedMemory, resolveMemory } from "../memory-options.ts";
import { prefetchTranscripts } from "../recall/transcript-prefetch.ts";
import { TurnRecall } from "../recall/turn-recall.ts";
import { awaitOnClose } from "../recording/await-on-close.ts";
import { SessionRecorder } from "../recording/session-recorder.ts";
import { errorText, guardedLog } from "../telemetry/guarded-log.ts";
import { within } from "../within.ts";
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
  readonly recall: TurnRecall;
  #recorder: SessionRecorder | undefined;
  #prefetches = false;
  #opened: Promise<Session | undefined> | undefined;

  constructor(memory: ResolvedMemory, session: voice.AgentSession) {
    this.memory = memory;
    this.session = session;
    this.identity = new CallIdentity(memory, session);
    this.recall = new TurnRecall(memory, this.identity);
  }

  /** Idempotent. */
  record(): SessionRecorder {
    if (this.#recorder !== undefined) return this.#recorder;
    const recorder = new SessionRecorder(this.memory, this.identity);
    this.#recorder = recorder;
    recorder.listen(this.session);
    const endWithin = (ms: number) => async () => {
      const { status } = await within(ms, () => recorder.end());
      if (status === "late") guardedLog("warn", "closing does not wait longer for memory", { waitedMs: ms });
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
      const held = await sotto.session(scope.session);
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
