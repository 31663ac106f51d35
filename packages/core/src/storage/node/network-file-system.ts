import { statfsSync } from "node:fs";
import { StorageUnavailableError } from "../../errors/index.ts";

/** Types that Linux's statfs(2) answers for file systems on which SQLite's locks or shared memory cannot be trusted. */
const networkFileSystems: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xfe534d42, "SMB2"],
  [0xff534d42, "CIFS"],
  [0x564c, "NCP"],
  [0x73757245, "Coda"],
  [0x5346414f, "AFS"],
  [0x6b414653, "AFS"],
  [0x00c36400, "Ceph"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
  [0x01161970, "GFS2"],
  [0x7461636f, "OCFS2"],
  [0x19830326, "BeeGFS"],
]);

export interface FileSystemCheck {
  /** Of the store, for messages. */
  name: string;
  allowNetworkFileSystem: boolean;
}

/**
 * Throws `storage.unavailable` when `folder` lies on a network file system; with `allowNetworkFileSystem` it warns.
 * Known on Linux, and on Windows for `\\server\share` paths; elsewhere nothing is checked.
 */
export function assertLocalFileSystem(
  folder: string,
  { name, allowNetworkFileSystem }: FileSystemCheck,
  typeOf: (folder: string) => number = (path) => statfsSync(path).type,
  platform: NodeJS.Platform = process.platform,
): void {
  const kind = networkFileSystem(folder, typeOf, platform);
  if (kind === undefined) return;
  const reason = `it lies on a network file system (${kind}), where processes on several machines damage a SQLite database`;
  if (!allowNetworkFileSystem) {
    throw new StorageUnavailableError(name, `${reason}. Move it to a local disk, or pass allowNetworkFileSystem: true`);
  }
  process.emitWarning(`The store ${name}: ${reason}. Let only one machine use it.`, "SottoWarning");
}

function networkFileSystem(
  folder: string,
  typeOf: (folder: string) => number,
  platform: NodeJS.Platform,
): string | undefined {
  if (platform === "win32") return /^[\\/]{2}[^?.]/.test(folder) ? "SMB" : undefined;
  return platform === "linux" ? networkFileSystems.get(typeOf(folder) >>> 0) : undefined;
}
