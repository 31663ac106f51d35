import type { Sotto } from "@sotto/core";
import type { MethodName } from "./contract/index.ts";
import { exportLines } from "./export-lines.ts";
import { HttpSession } from "./http-session.ts";
import { indexMethods } from "./index-methods.ts";
import { type ConnectOptions, connectionOf } from "./options.ts";
import { briefOver, recallOver } from "./recall.ts";
import { Transport } from "./transport.ts";
import { TurnWrites } from "./turn-writes.ts";

export type { ConnectOptions } from "./options.ts";

/**
 * A project's indexes and memory in a Sotto server. Nothing is sent before the first call. `searchMemory` resolves by its
 * deadline and `recordTurn` never rejects, whatever becomes of the server; other calls reject with the error that the
 * server had, of the same class and code, or with `server.timeout` or `server.unreachable`.
 *
 * @throws `argument.invalid` for an option that cannot be.
 */
export function connectSotto(options: ConnectOptions = {}): Sotto {
  const connection = connectionOf(options);
  const transport = new Transport(connection);
  const stats = { failedWrites: 0, failedRecalls: 0, lateLanes: 0, consolidations: 0, failedConsolidations: 0 };
  const writes = new TurnWrites(transport, stats);
  const call = <Result>(name: MethodName, ...args: unknown[]) => transport.call(name, args) as Promise<Result>;
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= transport.close();
    return closing;
  };

  return {
    project: connection.project ?? "default",
    agent: undefined,
    stats,
    ...indexMethods(transport),

    remember: (user, memory) => call("remember", user, memory),
    supersede: (user, oldId, newFact) => call("supersede", user, oldId, newFact),
    memories: (user, how) => call("memories", user, how),
    profile: (user) => call("profile", user),
    updateProfile: (user, patch) => call("updateProfile", user, patch),
    profileHistory: (user) => call("profileHistory", user),

    forget: (what) => call("forget", what),
    export: (what) => exportLines(transport, what),
    applyRetention: () => call("applyRetention"),

    session: (nameOrOptions) => HttpSession.open(transport, nameOrOptions),
    searchMemory: (query, how) => recallOver(transport, stats, query, how, connection.recallTimeoutMs),
    prefetch(partialText, how) {
      // A prefetch that does not arrive costs time later, and nothing else.
      call("prefetch", partialText, how).catch(() => {});
    },
    recordTurn: (turn) => writes.recordTurn(turn),
    saveResponse: (response) => writes.saveResponse(response),
    brief: (how) => briefOver(transport, stats, how, connection.recallTimeoutMs),
    listSessions: (of) => call("listSessions", of),
    async endSession(scope) {
      try {
        const ended = await call<{ memories: number }>("endSession", scope);
        stats.consolidations++;
        return ended;
      } catch (error) {
        stats.failedConsolidations++;
        throw error;
      }
    },

    async reembed(how) {
      await call("reembed");
      how?.onProgress?.({ done: 1, total: 1 });
    },
    async flush() {
      await transport.settled();
      await call("flush");
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
