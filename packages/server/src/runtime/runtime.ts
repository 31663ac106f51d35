import { randomUUID } from "node:crypto";
import type { RecallOptions, ResponseInput, Sotto } from "@sotto/core";
import { SottoError } from "@sotto/core";
import type { z } from "zod";
import type { Body } from "../http/index.ts";
import type { endBody, searchBody, startBody, turnBody } from "./bodies.ts";
import { StartedSessions } from "./started-sessions.ts";

/** What a recall shows at most, unless it is asked for otherwise: the defaults of `searchMemory`. */
const BUDGETS = { contextCharCap: 8000, perLaneCharCap: 2400, topK: { working: 4, permanent: 6, org: 4 } };
const PATHS = {
  searchMemory: "/v1/runtime/search_memory",
  afterTurn: "/v1/runtime/turn/after",
  endSession: "/v1/runtime/session/end",
  flush: "/v1/runtime/sync/flush",
};

/** The runtime's calls, by the names of its routes, over bodies that have been checked. */
export class Runtime {
  readonly #sotto: Sotto;
  readonly #started: StartedSessions;

  constructor(sotto: Sotto) {
    this.#sotto = sotto;
    this.#started = new StartedSessions(sotto);
  }

  async call(name: string, body: Body): Promise<object> {
    const { workspaceId } = body;
    if (workspaceId !== undefined && workspaceId !== this.#sotto.project)
      throw new SottoError("runtime.identity_mismatch", "This runtime serves another workspace.", {});
    switch (name) {
      case "runtimeHealth":
        return { status: "ok", workspaceId: this.#sotto.project };
      case "runtimeSessionStart":
        return this.#start(body as z.infer<typeof startBody>);
      case "runtimeSearchMemory":
        return this.#search(body as z.infer<typeof searchBody>);
      case "runtimeTurnAfter":
        return this.#afterTurn(body as z.infer<typeof turnBody>);
      case "runtimeSessionEnd":
        return this.#end(body as z.infer<typeof endBody>);
      case "runtimeSyncFlush":
        await this.#sotto.flush();
        return { flushed: true };
      default:
        throw new TypeError(`there is no runtime call ${name}`);
    }
  }

  close(): Promise<void> {
    return this.#started.close();
  }

  async #start({ sessionId = randomUUID(), userId }: z.infer<typeof startBody>): Promise<object> {
    const { versions } = await this.#started.start(sessionId, userId);
    const indexes = await this.#sotto.listIndexes();
    return {
      sessionId,
      bootstrap: {
        profileVersion: versions.profile,
        permanentManifestVersion: versions.permanent,
        orgManifestVersion: indexes.reduce((sum, { version }) => sum + version, 0),
        syncToken: String(versions.session),
        budgets: BUDGETS,
      },
      paths: PATHS,
    };
  }

  #search({ sessionId, userId, query, turnId, ...rest }: z.infer<typeof searchBody>): Promise<object> {
    this.#started.of(sessionId, userId);
    const { intent, lanes, topK, timeoutMs } = rest;
    const options: RecallOptions = {
      user: userId,
      session: sessionId,
      ...(intent === undefined ? {} : { intent }),
      ...(lanes === undefined ? {} : { lanes }),
      ...(topK === undefined ? {} : { topK }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(turnId === undefined ? {} : { excludeTurnIds: [turnId, `${turnId}/user`, `${turnId}/assistant`] }),
    };
    return this.#sotto.searchMemory(query, options);
  }

  async #afterTurn({ sessionId, userId, workspaceId: _, ...turn }: z.infer<typeof turnBody>): Promise<object> {
    this.#started.of(sessionId, userId);
    const response = { ...turn, user: userId, session: sessionId } as ResponseInput;
    return { eventId: await this.#sotto.saveResponse(response) };
  }

  async #end({ sessionId, userId }: z.infer<typeof endBody>): Promise<object> {
    this.#started.of(sessionId, userId);
    const { memories } = await this.#sotto.endSession({ user: userId, session: sessionId });
    await this.#started.letGo(sessionId);
    return { sessionId, memories };
  }
}
