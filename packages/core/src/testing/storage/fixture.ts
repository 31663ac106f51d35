import type { Log, LogRecord, Storage } from "../../storage/index.ts";

/** What a conformance test works on: an empty store. */
export interface StorageFixture {
  storage: Storage;
  /**
   * Opens the same store once more, as another process would: it is called while `storage` is open, and after it was
   * closed. A store that cannot be shared, like one in memory, has none and is tested with `shareable: false`.
   */
  reopen?: () => Promise<Storage>;
  /** Removes what `create` made. The kit closes `storage` and what `reopen` opened itself. */
  cleanup?: () => Promise<void>;
}

/** One statement of the kit. */
export interface StorageCase {
  title: string;
  /** For stores that can be opened twice. */
  needsReopen?: boolean;
  run(context: StorageContext): Promise<void>;
}

export interface StorageContext {
  storage: Storage;
  /** For cases that say `needsReopen`. */
  reopen(): Promise<Storage>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function record(id: string, text = `text of ${id}`): LogRecord {
  return { id, data: encoder.encode(text) };
}

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** All that can be read after `after`, as `version:id=text,…`; tombstones as `id=erased`. */
export async function contents(log: Log, after = 0): Promise<string[]> {
  const batches = await log.read({ after });
  return batches.map(({ version, records }) => {
    const shown = records.map(({ id, data, erased }) => `${id}=${erased ? "erased" : decoder.decode(data)}`);
    return `${version}:${shown.join(",")}`;
  });
}

/** Appends `count` batches of one record each: ids `1`, `2`, … after the head. */
export async function fill(log: Log, count: number): Promise<void> {
  const { version } = await log.head();
  for (let i = 1; i <= count; i++) await log.append([record(String(version + i))]);
}

/** Stores a snapshot at `version` whose text is `text`. */
export async function snapshotAt(log: Log, version: number, text = `fold up to ${version}`): Promise<void> {
  const { epoch } = await log.head();
  await log.writeSnapshot({ version, epoch, data: bytesOf(text) });
}
