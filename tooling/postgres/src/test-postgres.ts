import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chownSync } from "node:fs";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { binaries } from "./installation.ts";

const run = promisify(execFile);

/** How long a server may take to answer, in milliseconds. */
const PATIENCE_MS = 60_000;

export interface StartOptions {
  /** Lines for postgresql.conf, for example `{ synchronous_standby_names: "'*'" }`. */
  settings?: Record<string, string | number>;
  /** Makes a hot standby of this server instead of an empty one. */
  standbyOf?: TestPostgres;
}

/** A server of one's own on 127.0.0.1, in a folder of the system's temporary ones. */
export interface TestPostgres {
  port: number;
  /** Of its files. */
  directory: string;
  /** URL of the superuser `postgres`, of the database `postgres` unless another is named. */
  url(database?: string): string;
  /** Makes a database that belongs to a new role without privileges, and answers that role's URL. */
  createDatabase(): Promise<string>;
  /** Runs SQL as the superuser; answers psql's unaligned rows. */
  sql(statements: string, database?: string): Promise<string>;
  /** Ends the server: `immediate` is a crash as far as its files are concerned. */
  stop(mode?: "fast" | "immediate"): Promise<void>;
  start(): Promise<void>;
  /** Makes a standby the primary. */
  promote(): Promise<void>;
  /** Ends the server and removes its folder. */
  remove(): Promise<void>;
}

/** Starts a server. PostgreSQL refuses to run as root: then it runs as the system's user `postgres`. */
export async function startPostgres({ settings = {}, standbyOf }: StartOptions = {}): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "sotto-postgres-"));
  const data = join(folder, "data");
  const port = await freePort();
  const password = "a b@c:d/e?";
  const identity: { uid?: number; gid?: number } = process.getuid?.() === 0 ? await systemUser("postgres") : {};
  own(folder);
  let server: ChildProcess | undefined;
  let databases = 0;

  function own(path: string): void {
    if (identity.uid !== undefined && identity.gid !== undefined) chownSync(path, identity.uid, identity.gid);
  }

  async function execute(program: string, args: string[]): Promise<string> {
    const { stdout } = await run(join(binaries ?? "", program), args, {
      ...identity,
      cwd: folder,
      env: { PGPASSWORD: password, LC_ALL: "C.UTF-8" },
    });
    return stdout;
  }

  async function prepare(): Promise<void> {
    const lines = {
      port,
      listen_addresses: "'127.0.0.1'",
      unix_socket_directories: `'${folder}'`,
      shared_buffers: "'64MB'",
      max_connections: 60,
      wal_level: "replica",
      ...settings,
    };
    if (standbyOf !== undefined) {
      await execute("pg_basebackup", [
        "-D",
        data,
        "-R",
        "-X",
        "stream",
        "-c",
        "fast",
        "-d",
        libpqUrl(standbyOf.port, password),
      ]);
    } else {
      const passwordFile = join(folder, "password");
      await writeFile(passwordFile, password);
      own(passwordFile);
      await execute("initdb", [
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "scram-sha-256",
        "--pwfile",
        passwordFile,
        "-E",
        "UTF8",
        "--no-sync",
      ]);
    }
    const text = Object.entries(lines).map(([name, value]) => `${name} = ${value}\n`);
    await appendFile(join(data, "postgresql.conf"), text.join(""));
  }

  async function start(): Promise<void> {
    const args = ["-D", data];
    // So that it ends with this process, however that ends.
    server = spawn("setpriv", ["--pdeathsig", "INT", join(binaries ?? "", "postgres"), ...args], {
      ...identity,
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let log = "";
    server.stderr?.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-4_000)));
    for (let waitedMs = 0; !(await answers()); waitedMs += 50) {
      if (server.exitCode !== null || waitedMs > PATIENCE_MS) throw new Error(`PostgreSQL did not start:\n${log}`);
      await sleep(50);
    }
  }

  async function answers(): Promise<boolean> {
    return execute("pg_isready", ["-h", "127.0.0.1", "-p", String(port)]).then(
      () => true,
      () => false,
    );
  }

  async function stop(mode: "fast" | "immediate" = "fast"): Promise<void> {
    const running = server;
    server = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
    await ended;
  }

  async function sql(statements: string, database = "postgres"): Promise<string> {
    return execute("psql", ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url(database), "-c", statements]);
  }

  function url(database = "postgres", user = "postgres"): string {
    return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  }

  try {
    await prepare();
    await start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    port,
    directory: data,
    url: (database) => url(database),
    async createDatabase() {
      databases += 1;
      const name = `test_${databases}`;
      await sql(`CREATE ROLE ${name} LOGIN PASSWORD '${password}'`);
      await sql(`CREATE DATABASE ${name} OWNER ${name}`);
      return url(name, name);
    },
    sql,
    stop,
    start,
    async promote() {
      await execute("pg_ctl", ["promote", "-D", data, "-w"]);
    },
    async remove() {
      await stop("immediate");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function libpqUrl(port: number, password: string): string {
  return `postgres://postgres:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`;
}

async function systemUser(name: string): Promise<{ uid: number; gid: number }> {
  const id = async (what: string) => Number((await run("id", [what, name])).stdout);
  return { uid: await id("-u"), gid: await id("-g") };
}

/** A port that nobody listens on now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
