import postgres, { type Sql } from "postgres";
import type { ResolvedPostgresOptions } from "../options.ts";

/** Beyond the statement's own time: for the way there and back. */
const IDLE_IN_TRANSACTION_MS = 120_000;
const KEEP_ALIVE_SECONDS = 15;

export interface ClientEvents {
  onNotice?(notice: { severity?: string; message?: string }): void;
  /** One of its connections was closed. */
  onClose?(): void;
  onNotification?(payload: string): void;
}

/** A client of one host, with a pool of `max` connections. It opens none before it is asked something. */
export function createClient(
  options: ResolvedPostgresOptions,
  host: { host: string; port: number },
  max: number,
  { onNotice, onClose, onNotification }: ClientEvents = {},
): Sql {
  const { address, password = address.password, tls = address.ssl } = options;
  const isSocket = host.host.startsWith("/");
  // Names of the client, which its types do not all know.
  const settings = {
    host: host.host,
    port: host.port,
    ...(isSocket ? { path: `${host.host}/.s.PGSQL.${host.port}` } : {}),
    database: address.database,
    username: address.user,
    password: password ?? "",
    ssl: isSocket || tls === "disable" ? false : tls,
    max,
    connect_timeout: options.connectTimeoutMs / 1_000,
    idle_timeout: onNotification === undefined ? options.idleTimeoutMs / 1_000 : 0,
    max_lifetime: onNotification === undefined ? options.maxLifetimeMs / 1_000 : 0,
    keep_alive: KEEP_ALIVE_SECONDS,
    prepare: options.prepare,
    fetch_types: false,
    no_subscribe: true,
    target_session_attrs: null,
    onnotice: onNotice ?? (() => {}),
    onclose: () => onClose?.(),
    onnotify: (_channel: string, payload: string) => onNotification?.(payload),
    types: {
      // Versions, numbers of rows and sizes: all of them are safe integers.
      bigint: { to: 20, from: [20], serialize: String, parse: Number },
    },
    connection: {
      ...address.session,
      application_name: options.applicationName,
      search_path: "pg_catalog",
      // Compiling takes longer than any of these statements.
      jit: "off",
      statement_timeout: options.statementTimeoutMs,
      lock_timeout: options.lockTimeoutMs,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    },
  };
  return postgres(settings as unknown as postgres.Options<Record<string, never>>) as unknown as Sql;
}
