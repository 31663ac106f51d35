import type { llm } from "@livekit/agents";
import type { Recall, RecallOptions, Sotto, UserRef } from "@sotto/core";
import type { CallParticipant, CallRoom } from "./call/call-room.ts";
import type { MemoryToolsOptions } from "./tools/memory-tools-options.ts";

/** Where a recall goes: before the user's message at each LLM call, once a turn in LiveKit's hook, or nowhere. */
export type Inject = "llmNode" | "onUserTurnCompleted" | "off";

/** What of a recall the caller of the agent may see, for a panel or a log. */
export interface RecallEvent {
  /** Id of the user's message. */
  messageId: string;
  query: string;
  /** `ok`: put before the message; `empty`: nothing was found; `late`, `failed`, `unknown_user`: answered without. */
  status: "ok" | "empty" | "late" | "failed" | "unknown_user";
  /** Milliseconds that the reply waited. */
  waitedMs: number;
  recall?: Recall;
  error?: unknown;
}

/** Memory for an agent, a session or a tool. Only `sotto` is needed. One object may serve every call of a process. */
export interface MemoryOptions {
  sotto: Sotto;
  /** Whose memory, when the application knows it. Default: the participant, through `identify`. */
  user?: UserRef;
  /**
   * The user behind a participant; undefined for one who has no memory (a supervisor). Default: the participant's
   * identity and name.
   */
  identify?: (participant: CallParticipant) => UserRef | undefined | Promise<UserRef | undefined>;
  /** Id of the call. Default: the sid of the room; outside a room, a new id for each session. */
  session?: string | (() => string | Promise<string>);
  /** Default: the room of the session, else that of the job. */
  room?: CallRoom | undefined;

  /** Default `llmNode`. `onUserTurnCompleted` does not fire for typed input and cancels preemptive replies. */
  inject?: Inject;
  /**
   * Role of the message with what was recalled. Default `user`: recalled text was said by callers, so that it should not
   * speak with the authority of `system`.
   */
  role?: llm.ChatRole;
  /** The longest that a reply waits for memory, milliseconds. Default 250. */
  deadlineMs?: number;
  /** Lanes, top k, filter and so on of each recall. */
  recall?: Omit<RecallOptions, "user" | "session" | "signal" | "timeoutMs" | "excludeTurnIds" | "excludeLastTurns">;
  /** Starts recall on interim transcripts. Default true. */
  prefetch?: boolean;
  /** Told after each recall. What it throws is logged. */
  onRecall?: (event: RecallEvent) => void;

  /** Records what is spoken in the session. Default true. */
  record?: boolean;
  /** Turns the session into permanent memory when it closes. Default true. */
  consolidate?: boolean;
  /** The longest that closing the session waits for writes and consolidation, milliseconds. Default 5,000. */
  closeTimeoutMs?: number;

  /** Gives the agent the tools of `createMemoryTools`. Default false. */
  tools?: boolean | MemoryToolsOptions;
  /**
   * Realtime models: `start` puts the greeting context into the instructions when the agent enters, `turns` also what
   * each message of the user recalls (it counts from the reply after the next). Default `start`.
   */
  realtime?: "start" | "turns" | "off";
}

/** What the functions of this package take: a Sotto, or one with options. */
export type Memory = Sotto | MemoryOptions;

/** Options with defaults filled in. */
export interface ResolvedMemory extends MemoryOptions {
  inject: Inject;
  role: llm.ChatRole;
  deadlineMs: number;
  prefetch: boolean;
  record: boolean;
  consolidate: boolean;
  closeTimeoutMs: number;
  realtime: "start" | "turns" | "off";
}

const INJECTS: readonly Inject[] = ["llmNode", "onUserTurnCompleted", "off"];

const resolvedOnes = new WeakSet<object>();

/** Throws a RangeError or TypeError that names the option. Answers what is resolved already as it is. */
export function resolveMemory(memory: Memory | ResolvedMemory): ResolvedMemory {
  if (resolvedOnes.has(memory)) return memory as ResolvedMemory;
  const options: MemoryOptions = "sotto" in memory ? memory : { sotto: memory };
  if (typeof options.sotto?.searchMemory !== "function")
    throw new TypeError("memory must be a Sotto (from createSotto), or an object with one as `sotto`");
  const { inject = "llmNode" } = options;
  if (!INJECTS.includes(inject))
    throw new RangeError(`inject is ${JSON.stringify(inject)}; it must be one of ${INJECTS.join(", ")}`);
  const resolved: ResolvedMemory = {
    ...options,
    inject,
    role: options.role ?? "user",
    deadlineMs: milliseconds("deadlineMs", options.deadlineMs ?? 250),
    prefetch: options.prefetch ?? true,
    record: options.record ?? true,
    consolidate: options.consolidate ?? true,
    closeTimeoutMs: milliseconds("closeTimeoutMs", options.closeTimeoutMs ?? 5_000),
    realtime: options.realtime ?? "start",
  };
  resolvedOnes.add(resolved);
  return resolved;
}

function milliseconds(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`${name} is ${value}; it must be a finite number above 0`);
}
