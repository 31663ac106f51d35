import { StorageClosedError } from "../../errors/index.ts";
import { checkKey } from "../arguments.ts";
import type { Storage } from "../storage.ts";
import { LogState } from "./log-state.ts";
import { memoryLog } from "./memory-log.ts";

/**
 * A store in memory, for browsers, tests and what need not outlive the process. It has the semantics of the durable
 * ones; bytes are copied in and out. What it holds is gone when it is closed.
 *
 * @example
 * const storage = memoryStorage();
 * const log = await storage.open("default/index/faq");
 * await log.append([{ id: "a", data: new TextEncoder().encode("hello") }]);
 */
export function memoryStorage(): Storage {
  const name = "memory";
  const logs = new Map<string, LogState>();
  let closed = false;

  function assertOpen(): void {
    if (closed) throw new StorageClosedError(name);
  }

  function stateOf(key: string): LogState {
    let state = logs.get(key);
    if (state === undefined) {
      state = new LogState(key);
      logs.set(key, state);
    }
    return state;
  }

  return {
    name,
    async open(key) {
      assertOpen();
      checkKey(key);
      return memoryLog(stateOf(key), assertOpen, (other) => logs.get(other)?.head ?? { version: 0, base: 0, epoch: 1 });
    },
    async list(prefix) {
      assertOpen();
      const keys = [...logs.values()].filter((state) => state.version > 0).map((state) => state.key);
      return keys.filter((key) => key.startsWith(prefix)).sort();
    },
    async delete(key) {
      assertOpen();
      checkKey(key);
      const state = logs.get(key);
      if (state === undefined || state.version === 0) return false;
      state.clear();
      state.notify();
      return true;
    },
    async close() {
      closed = true;
      logs.clear();
    },
  };
}
