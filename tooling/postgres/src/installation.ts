import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const VERSIONS = "/usr/lib/postgresql";

/** The folder of the server's programs: POSTGRES_BIN, else the newest that Debian's packages brought. */
export const binaries = process.env.POSTGRES_BIN || newestOnDebian();

/** False where tests against a real server have to be skipped. */
export const hasPostgres = binaries !== undefined && existsSync(join(binaries, "initdb"));

/** Whether the server knows the extension `vector`. */
export const hasPgvector = hasPostgres && existsSync(join(shareFolder(), "extension", "vector.control"));

export const POSTGRES_MISSING = "there is no PostgreSQL on this machine: run tooling/scripts/install-postgres.sh";
export const PGVECTOR_MISSING =
  "the PostgreSQL of this machine has no pgvector: run tooling/scripts/install-postgres.sh";

if (!hasPgvector && process.env.SOTTO_SKIPS) {
  const name = process.env.npm_package_name ?? "";
  appendFileSync(process.env.SOTTO_SKIPS, `${name}: ${hasPostgres ? PGVECTOR_MISSING : POSTGRES_MISSING}\n`);
}

function newestOnDebian(): string | undefined {
  if (!existsSync(VERSIONS)) return undefined;
  const versions = readdirSync(VERSIONS).filter((version) => existsSync(join(VERSIONS, version, "bin", "initdb")));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? undefined : join(VERSIONS, newest, "bin");
}

function shareFolder(): string {
  const packaged = /\/postgresql\/(\d+)\/bin$/.exec(binaries ?? "")?.[1];
  if (packaged !== undefined) return `/usr/share/postgresql/${packaged}`;
  return execFileSync(join(binaries ?? "", "pg_config"), ["--sharedir"], { encoding: "utf8" }).trim();
}
