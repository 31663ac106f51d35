import { checkAppend, checkCount, checkErase, checkRead, checkSnapshot, DEFAULT_READ_LIMIT } from "../arguments.ts";
import type { Log, LogHead, LogRecord } from "../storage.ts";
import type { LogState } from "./log-state.ts";

/** A handle of a log in memory. `assertOpen` throws once the store is closed; `headOf` tells of the other logs. */
export function memoryLog(state: LogState, assertOpen: () => void, headOf: (key: string) => LogHead): Log {
  const holder = {};
  return {
    key: state.key,
    async head() {
      assertOpen();
      return state.head;
    },
    async append(records, options = {}) {
      assertOpen();
      checkAppend(records, options);
      const result = state.append(copyRecords(records), options, headOf);
      if (!result.duplicate) state.notify(holder);
      return result;
    },
    async read(options) {
      assertOpen();
      checkRead(options);
      const batches = state.read(options.after, options.epoch, options.limit ?? DEFAULT_READ_LIMIT);
      return batches.map(({ version, records }) => ({ version, records: copyRecords(records) }));
    },
    async writeSnapshot({ version, epoch, data, givenAway }) {
      assertOpen();
      checkSnapshot({ version, epoch, data });
      state.writeSnapshot({ version, epoch, data: givenAway ? data : copyBytes(data) });
    },
    async readSnapshot() {
      assertOpen();
      const newest = state.snapshots.at(-1);
      return newest && { ...newest, data: copyBytes(newest.data) };
    },
    async erase(ids, { epoch, snapshot } = {}) {
      assertOpen();
      checkErase(ids, snapshot);
      if (state.version === 0) return { epoch: state.epoch, erased: 0 };
      const copy = snapshot && { version: snapshot.version, data: copyBytes(snapshot.data) };
      const erased = state.erase(new Set(ids), epoch, copy);
      state.notify(holder);
      return { epoch: state.epoch, erased };
    },
    async truncate({ before }) {
      assertOpen();
      checkCount("before", before, 0);
      const from = state.base;
      if (state.truncate(before) > from) state.notify(holder);
      return state.base;
    },
    async flush() {
      assertOpen();
    },
    watch(listener) {
      assertOpen();
      const entry = { holder, listener };
      state.listeners.add(entry);
      return () => void state.listeners.delete(entry);
    },
  };
}

/** Copies into one memory for all: one for each would cost more than the copying. */
function copyRecords(records: readonly LogRecord[]): LogRecord[] {
  let bytes = 0;
  for (const { data, erased } of records) if (!erased) bytes += data.length;
  const copy = new Uint8Array(bytes);
  let end = 0;
  return records.map(({ id, data, erased }) => {
    if (erased) return { id, data: new Uint8Array(0), erased };
    const start = end;
    copy.set(data, start);
    end += data.length;
    return { id, data: copy.subarray(start, end) };
  });
}

/** Not `data.slice()`: a Buffer's answers a view of the same bytes. */
function copyBytes(data: Uint8Array): Uint8Array {
  return new Uint8Array(data);
}
