import type { Recall, RecallOptions, Scope, Sotto, UserRef } from "@sotto/core";
import type { TurnOptions } from "@sotto/core/adapter";
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
export interface MemoryOptions extends Omit<TurnOptions, "onRecall" | "excludeLastTurns"> {
  sotto: Sotto;
  /** Whose memory, and the id of the call, where the application knows both; `user` and `session` name one of them. */
  scope?: Scope | undefined;
  /** Whose memory, when the application knows it. Default: the participant, through `identify`. */
  user?: UserRef | undefined;
  /**
   * The user behind a participant; undefined for one who has no memory (a supervisor). Default: the participant's
   * identity and name; of a telephone caller the number, and one whose number is withheld has memory for this call only.
   */
  identify?: ((participant: CallParticipant) => UserRef | undefined | Promise<UserRef | undefined>) | undefined;
  /** Id of the call. Default: the sid of the room; outside a room, a new id for each session. */
  session?: string | (() => string | Promise<string>) | undefined;
  /** Default: the room of the session, else that of the job. */
  room?: CallRoom | undefined;

  /** Default `llmNode`. `onUserTurnCompleted` does not fire for typed input and cancels preemptive replies. */
  inject?: Inject | undefined;
  /**
   * Role of the message with what was recalled, which stands before the question. Default `user`: recalled text was said
   * by callers, so that it should not speak with the authority of `system`.
   */
  placement?: "user" | "system" | undefined;
  /** Starts recall on interim transcripts. Default true. */
  prefetch?: boolean | undefined;
  /** Told after each recall. What it throws is logged. */
  onRecall?: ((event: RecallEvent) => void) | undefined;

  /** Turns the session into permanent memory when it closes. Default true. */
  consolidate?: boolean | undefined;
  /** The longest that closing the session waits for writes and consolidation, milliseconds. Default 5,000. */
  closeTimeoutMs?: number | undefined;

  /** Gives the agent the tools of `createMemoryTools`. Default false. */
  tools?: boolean | MemoryToolsOptions | undefined;
  /**
   * Realtime models: `start` puts the greeting context into the instructions when the agent enters, `turns` also what
   * each message of the user recalls (it counts from the reply after the next). Default `start`.
   */
  realtime?: "start" | "turns" | "off" | undefined;
}

/** What the functions of this package take: a Sotto, or one with options. */
export type Memory = Sotto | MemoryOptions;

/** Options with defaults filled in. */
export interface ResolvedMemory extends Omit<MemoryOptions, "recall"> {
  inject: Inject;
  placement: "user" | "system";
  timeoutMs: number;
  prefetch: boolean;
  record: boolean;
  consolidate: boolean;
  closeTimeoutMs: number;
  realtime: "start" | "turns" | "off";
  /** The options of a recall, without those that are undefined. */
  recall: Omit<RecallOptions, "user" | "session" | "signal" | "timeoutMs" | "excludeTurnIds" | "excludeLastTurns">;
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
  const { lanes, topK, filter, minScore, orgIndexes, contextCharCap, perLaneCharCap, intent } = options;
  const recall = { lanes, topK, filter, minScore, orgIndexes, contextCharCap, perLaneCharCap, intent };
  const resolved: ResolvedMemory = {
    ...options,
    user: options.user ?? options.scope?.user,
    session: options.session ?? options.scope?.session,
    inject,
    placement: options.placement ?? "user",
    timeoutMs: milliseconds("timeoutMs", options.timeoutMs ?? 250),
    prefetch: options.prefetch ?? true,
    record: options.record ?? true,
    consolidate: options.consolidate ?? true,
    closeTimeoutMs: milliseconds("closeTimeoutMs", options.closeTimeoutMs ?? 5_000),
    realtime: options.realtime ?? "start",
    recall: Object.fromEntries(
      Object.entries(recall).filter(([, value]) => value !== undefined),
    ) as ResolvedMemory["recall"],
  };
  resolvedOnes.add(resolved);
  return resolved;
}

function milliseconds(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new RangeError(`${name} is ${value}; it must be a finite number above 0`);
}
