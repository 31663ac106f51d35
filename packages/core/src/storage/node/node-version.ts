import { StorageUnavailableError } from "../../errors/index.ts";

/** From here on `node:sqlite` is there without a flag. */
const NEEDED: readonly [number, number] = [22, 13];

/** Throws `storage.unavailable`, with the version that is needed, where Node is too old. */
export function assertNodeVersion(store: string, version: string = process.versions.node): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  throw new StorageUnavailableError(store, `it needs Node ${NEEDED.join(".")} or later, and this is Node ${version}`);
}
