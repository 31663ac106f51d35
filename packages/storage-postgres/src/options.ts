import { InvalidArgumentError, type Logger } from "@sotto/core";
import { encodePart } from "@sotto/core/storage";
import { type PostgresAddress, parseUrl } from "./connection/url.ts";

export interface PostgresStorageOptions {
  /**
   * Opens the logs of one project alone: other keys are refused, and the database shows this store no other project's
   * rows. Default: all projects; each transaction still sees those of its own alone.
   */
  project?: string;
  /** The PostgreSQL schema that the tables lie in: lower-case letters, digits and `_`, 40 at most. Default `sotto`. */
  schema?: string;
  /**
   * Makes the schema, or brings it to the version of this package, with the first call. With false the store refuses a
   * schema that is not there or older: run `migratePostgres` when you deploy. Default true.
   */
  migrate?: boolean;
  /**
   * Holds the documents of indexes made with `searchable: true`, and searches them in the database. Needs the extension
   * pgvector 0.8 or later. All stores that use such indexes need it. Default false.
   */
  searchable?: boolean;
  /** The password, when it does not stand in the URL; a function is asked for it with each new connection. */
  password?: string | (() => string | Promise<string>);
  /** TLS as `tls.connect` takes it, for example `{ ca }`; wins over `sslmode` of the URL. */
  tls?: Readonly<Record<string, unknown>>;
  /** Connections for calls, opened as they are needed; one more listens, while a log is watched. 1 to 1,000. Default 10. */
  poolSize?: number;
  /** How long opening a connection may take, in milliseconds. Default 5,000. */
  connectTimeoutMs?: number;
  /** A connection that was not used for so long is closed, in milliseconds; 0: never. Default 60,000. */
  idleTimeoutMs?: number;
  /** A connection is replaced when it is so old, in milliseconds; 0: never. Default 1,800,000 (30 minutes). */
  maxLifetimeMs?: number;
  /** The server ends a statement that runs longer, in milliseconds; 0: never. Default 30,000. */
  statementTimeoutMs?: number;
  /** How long a statement waits for a lock that another process holds, in milliseconds; 0: for ever. Default 10,000. */
  lockTimeoutMs?: number;
  /**
   * How long a call tries again while no primary answers, in milliseconds: a server that restarts, a standby that is being
   * promoted. An append whose answer was lost is not written twice. Then `storage.unavailable`. Default 15,000.
   */
  retryForMs?: number;
  /**
   * How often what is watched is looked at beside being told, in milliseconds: finds what was missed when connections
   * were lost in silence, and is all there is behind a pooler that does not pass NOTIFY on. Default 2,000.
   */
  pollIntervalMs?: number;
  /**
   * Whether an erase or a delete is followed by a VACUUM of the tables: `background` (default) does not wait for it, `wait`
   * does, `off` leaves it to autovacuum. What even a VACUUM leaves is said by `vacuum`.
   */
  vacuum?: "background" | "wait" | "off";
  /**
   * False where the pooler between gives each transaction another connection and knows nothing of prepared statements.
   * Default true.
   */
  prepare?: boolean;
  /** Name of the connections in `pg_stat_activity`. Default `sotto`. */
  applicationName?: string;
  /** Hears what happens beside the calls: a VACUUM that was not allowed, a listener that came back. Default: nobody. */
  logger?: Logger;
}

type Defaulted = Required<Omit<PostgresStorageOptions, "project" | "password" | "tls" | "logger">>;

export interface ResolvedPostgresOptions extends Defaulted {
  /** For messages: hosts and database, without user and password. */
  name: string;
  address: PostgresAddress;
  /** Percent-encoded, as it begins a key. */
  project: string | undefined;
  password: string | (() => string | Promise<string>) | undefined;
  tls: Readonly<Record<string, unknown>> | undefined;
  logger: Logger | undefined;
}

export const defaultPostgresOptions: Readonly<Defaulted> = Object.freeze({
  schema: "sotto",
  migrate: true,
  searchable: false,
  poolSize: 10,
  connectTimeoutMs: 5_000,
  idleTimeoutMs: 60_000,
  maxLifetimeMs: 1_800_000,
  statementTimeoutMs: 30_000,
  lockTimeoutMs: 10_000,
  retryForMs: 15_000,
  pollIntervalMs: 2_000,
  vacuum: "background",
  prepare: true,
  applicationName: "sotto",
});

const SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,39}$/;
const VACUUM = ["background", "wait", "off"];

/** What a timer can wait. */
const MAX_MS = 2 ** 31 - 1;

/** Lowest and highest values. */
const ranges: Partial<Record<keyof Defaulted, readonly [number, number]>> = {
  poolSize: [1, 1_000],
  connectTimeoutMs: [1, MAX_MS],
  idleTimeoutMs: [0, MAX_MS],
  maxLifetimeMs: [0, MAX_MS],
  statementTimeoutMs: [0, MAX_MS],
  lockTimeoutMs: [0, MAX_MS],
  retryForMs: [0, MAX_MS],
  pollIntervalMs: [10, MAX_MS],
};

const names = new Set([...Object.keys(defaultPostgresOptions), "project", "password", "tls", "logger"]);

export function resolvePostgresOptions(url: string, options: PostgresStorageOptions): ResolvedPostgresOptions {
  for (const name of Object.keys(options)) {
    if (!names.has(name)) throw new InvalidArgumentError(name, "postgresStorage has no such option");
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const all: Defaulted & PostgresStorageOptions = { ...defaultPostgresOptions, ...given };
  for (const [name, [minimum, maximum]] of Object.entries(ranges)) {
    const value = all[name as keyof Defaulted];
    if (!Number.isSafeInteger(value) || Number(value) < minimum || Number(value) > maximum) {
      throw new InvalidArgumentError(
        name,
        `it must be a whole number from ${minimum} to ${maximum}, not ${String(value)}`,
      );
    }
  }
  for (const name of ["migrate", "searchable", "prepare"] as const) {
    if (typeof all[name] !== "boolean") throw new InvalidArgumentError(name, "it must be true or false");
  }
  if (!SCHEMA_NAME.test(all.schema)) {
    throw new InvalidArgumentError(
      "schema",
      "it must be 1 to 40 lower-case letters, digits and _, not beginning with a digit",
    );
  }
  if (!VACUUM.includes(all.vacuum)) {
    throw new InvalidArgumentError("vacuum", `it must be one of ${VACUUM.join(", ")}, not ${String(all.vacuum)}`);
  }
  if (typeof all.applicationName !== "string" || !/^[\x20-\x7e]{1,63}$/.test(all.applicationName)) {
    throw new InvalidArgumentError("applicationName", "it must be 1 to 63 printable ASCII characters");
  }
  const address = parseUrl(url);
  const { project, password, tls, logger } = all;
  return {
    ...all,
    name: `postgres:${address.hosts.map(({ host, port }) => `${host}:${port}`).join(",")}/${address.database}`,
    address,
    project: project === undefined ? undefined : encodePart(project, "project"),
    password,
    tls,
    logger,
  };
}
