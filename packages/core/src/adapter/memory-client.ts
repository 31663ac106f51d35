import { newId } from "../engine/index.ts";
import { InvalidArgumentError } from "../errors/index.ts";
import type { Brief, BriefOptions, Recall, RecallOptions } from "../recall/index.ts";
import type { ResponseInput, Session } from "../session/index.ts";
import type { Sotto } from "../sotto.ts";
import type { Lane, Scope, UserRef } from "../user/index.ts";
import { type SearchMemoryTool, type SearchMemoryToolOptions, searchMemoryTool } from "./search-memory-tool.ts";

/** The scope of a call may be left out where `createMemoryClient` was given one. */
type Scoped<Options extends Scope> = Omit<Options, "user" | "session"> & Partial<Scope>;

export interface StartedSession {
  sessionId: string;
  /** Versions of what is loaded; 0 for what is empty. */
  versions: { session: number; profile: number; permanent: number };
  /** The lanes that are ready to be searched. */
  scopesLoaded: readonly Lane[];
}

/**
 * The calls that an adapter for an agent framework needs, in the order in which a conversation makes them. Malformed
 * calls reject with a Sotto error, whose `toJSON()` is `{ error: { code, message, details } }`.
 */
export interface MemoryClient {
  /** Opens or resumes a session and the user's memory, so that the first recall finds both in memory. */
  startSession(options?: Partial<Scope>): Promise<StartedSession>;
  /** What to know before the first word. */
  brief(options?: Scoped<BriefOptions>): Promise<Brief>;
  searchMemory(query: string, options?: Scoped<RecallOptions>): Promise<Recall>;
  /** Starts a recall on a partial transcript. */
  prefetch(partialText: string, options?: Scoped<RecallOptions>): void;
  /** Saves an exchange. Answers its event id, or null when it could not be written (counted and logged, never thrown). */
  afterTurn(turn: Scoped<ResponseInput>): Promise<{ eventId: string | null }>;
  /** Ends a session: what was said becomes permanent memory. */
  endSession(options?: Partial<Scope>): Promise<{ sessionId: string; memories: number }>;
  /** searchMemory as a tool for a model, for the scope of the client or another one. */
  searchMemoryTool(scope?: Partial<Scope>, options?: SearchMemoryToolOptions): SearchMemoryTool;
  /** Lets go of the sessions that were started and not ended, without ending them. */
  close(): Promise<void>;
}

/**
 * A client for those who write their own adapter. With a scope, its calls need not name one.
 *
 * @example
 * const memory = createMemoryClient(sotto, { user: "ada", session: "call-1" });
 * await memory.startSession();
 * const { contextText } = await memory.searchMemory("what was my order number?");
 * await memory.afterTurn({ userText: "It is 4471.", assistantText: "Thank you." });
 * await memory.endSession();
 */
export function createMemoryClient(
  sotto: Pick<Sotto, "session" | "brief" | "searchMemory" | "prefetch" | "saveResponse" | "endSession">,
  scope: Partial<Scope> = {},
): MemoryClient {
  const started = new Map<string, Session>();

  const whose = (given: Partial<Scope> = {}): Scope => {
    const session = given.session ?? scope.session;
    return {
      user: userOf(given.user ?? scope.user),
      ...(session === undefined ? {} : { session }),
    };
  };
  const inSession = (given?: Partial<Scope>): Scope & { session: string } => {
    const { user, session } = whose(given);
    if (session === undefined) throw new InvalidArgumentError("session", "neither the call nor the client names one");
    return { user, session };
  };
  const letGo = async (sessionId: string) => {
    const session = started.get(sessionId);
    started.delete(sessionId);
    await session?.close({ end: false });
  };

  return {
    async startSession(given) {
      const { user, session: id = newId() } = whose(given);
      const session = await sotto.session({ id, user });
      await letGo(id);
      started.set(id, session);
      return {
        sessionId: id,
        versions: session.versions,
        scopesLoaded: ["profile", "working", "permanent"],
      };
    },
    async brief(options = {}) {
      return sotto.brief({ ...options, ...whose(options) });
    },
    async searchMemory(query, options = {}) {
      return sotto.searchMemory(query, { ...options, ...whose(options) });
    },
    prefetch(partialText, options = {}) {
      sotto.prefetch(partialText, { ...options, ...whose(options) });
    },
    async afterTurn(turn) {
      return {
        eventId: await sotto.saveResponse({ ...turn, ...inSession(turn) }),
      };
    },
    async endSession(given) {
      const ending = inSession(given);
      const { memories } = await sotto.endSession(ending);
      await letGo(ending.session);
      return { sessionId: ending.session, memories };
    },
    searchMemoryTool: (given, options) => searchMemoryTool(sotto, whose(given), options),
    async close() {
      for (const sessionId of [...started.keys()]) await letGo(sessionId);
    },
  };
}

function userOf(user: UserRef | undefined): UserRef {
  if (user === undefined) throw new InvalidArgumentError("user", "neither the call nor the client names one");
  return user;
}
