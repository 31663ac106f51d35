import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { StorageUnavailableError } from "../../errors/index.ts";

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;
/** What earlier versions left files with, where nobody had said anything else. */
const EARLIER_FILE_MODE = 0o644;
const DEFAULT_FOLDER = ".sotto";

/** True where nothing can be written whoever asks: a file system that is mounted read-only. */
export function isOnReadOnlyFileSystem(file: string): boolean {
  try {
    accessSync(dirname(file), constants.W_OK);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EROFS";
  }
}

/**
 * Makes the folder of a store, and its file, for the owner's eyes only. The folder that a store is in by default, and any
 * that is made here, is kept out of version control: nobody commits what callers said.
 */
export function makePlace(file: string): void {
  const folder = dirname(file);
  const isNew = mkdirSync(folder, { recursive: true, mode: FOLDER_MODE }) !== undefined;
  if (isNew || basename(folder) === DEFAULT_FOLDER) ignoreIn(folder);
  if (!existsSync(file)) {
    closeSync(openSync(file, "a", FILE_MODE));
    return;
  }
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    const mode = statSync(each, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined && (mode & 0o777) === EARLIER_FILE_MODE) chmodSync(each, FILE_MODE);
  }
}

function ignoreIn(folder: string): void {
  try {
    writeFileSync(join(folder, ".gitignore"), "*\n", { flag: "wx" });
  } catch {
    // There is one already, or no room for it: the store works all the same.
  }
}

/** The file as it was when the store was opened. */
export class StorePlace {
  readonly #name: string;
  readonly #file: string;
  readonly #identity: string | undefined;

  constructor(name: string, file: string) {
    this.#name = name;
    this.#file = file;
    this.#identity = identityOf(file);
  }

  /** Throws when another file is in its place, or none: what is written to the open one is gone with this process. */
  assertSame(): void {
    const now = identityOf(this.#file);
    if (now === this.#identity) return;
    const what = now === undefined ? "its file was deleted" : "its file was replaced by another";
    throw new StorageUnavailableError(this.#name, `${what} while it was open: close it, and open what is there`);
  }
}

function identityOf(file: string): string | undefined {
  const info = statSync(file, { throwIfNoEntry: false, bigint: true });
  return info === undefined ? undefined : `${info.dev}/${info.ino}`;
}
