import { SottoError, StorageCorruptError, StorageFullError, StorageUnavailableError } from "@sotto/core";

/** What is the matter with the connection or the server, not with the statement: another try may succeed. */
const TRANSIENT = new Set([
  // of the client
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "ENOENT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  // of the server: https://www.postgresql.org/docs/current/errcodes-appendix.html
  "25006", // read_only_sql_transaction: a standby
  "40001", // serialization_failure
  "40P01", // deadlock_detected
  "53300", // too_many_connections
  "57P01", // admin_shutdown
  "57P02", // crash_shutdown
  "57P03", // cannot_connect_now
  "57P05", // idle_session_timeout
]);

/** Of those, the ones that say nothing against the connections. */
const OF_THE_STATEMENT = new Set(["40001", "40P01", "53300"]);

/** And the ones after which the same server, by other connections, may still be the primary. */
const OF_ONE_CONNECTION = new Set(["57P01", "57P02", "57P05", "CONNECTION_CLOSED", "ECONNRESET", "EPIPE"]);

const SQLSTATE = /^[0-9A-Z]{5}$/;

/** A call that the server did not answer in time. */
export class NoAnswerError extends Error {
  readonly code = "NO_ANSWER";
}

export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : "";
}

/** Whether another try, perhaps with another server, may succeed. */
export function isTransient(error: unknown): boolean {
  if (SottoError.isInstance(error)) return false;
  const code = codeOf(error);
  return error instanceof NoAnswerError || TRANSIENT.has(code) || code.startsWith("08");
}

/** What a transient error is about: the statement, one connection, or the server. */
export function concerns(error: unknown): "statement" | "connection" | "server" {
  const code = codeOf(error);
  if (OF_THE_STATEMENT.has(code)) return "statement";
  return OF_ONE_CONNECTION.has(code) ? "connection" : "server";
}

/**
 * What the client or the server threw, as an error of Sotto; one that is none of theirs is answered as it is. The server's
 * message is passed on only where it cannot quote what was written.
 */
export function storageError(
  error: unknown,
  store: { name: string; schema: string; statementTimeoutMs: number; lockTimeoutMs: number; retryForMs: number },
): unknown {
  const code = codeOf(error);
  if (SottoError.isInstance(error) || code === "") return error;
  const { message } = error as { message: string };
  const unavailable = (reason: string) => new StorageUnavailableError(store.name, reason);
  if (isTransient(error)) {
    return unavailable(`no primary answered within retryForMs = ${store.retryForMs} (last: ${lastOf(code)})`);
  }
  switch (code) {
    case "57014":
      return unavailable(
        `a statement ran for more than statementTimeoutMs = ${store.statementTimeoutMs}, or was cancelled`,
      );
    case "55P03":
      return unavailable(`another process held a lock for more than lockTimeoutMs = ${store.lockTimeoutMs}`);
    case "40003":
      return unavailable(
        "the log was compacted while an append waited for its answer: whether it was written is not known",
      );
    case "42501":
      return unavailable(
        `its role lacks a privilege on the schema "${store.schema}": see migratePostgres and its grantTo`,
      );
    case "3F000":
    case "42883":
    case "42P01":
      return unavailable(`the schema "${store.schema}" is not whole: something of Sotto's in it was dropped`);
    default:
      break;
  }
  if (code === "53100") return new StorageFullError(store.name, message);
  if (code === "XX001" || code === "XX002") return new StorageCorruptError(`The store ${store.name}`, message);
  if (code.startsWith("28") || code.startsWith("3D")) return unavailable(message);
  return unavailable(
    SQLSTATE.test(code) ? `the server answered with SQLSTATE ${code}` : `the connection failed with ${code}`,
  );
}

function lastOf(code: string): string {
  if (code === "25006") return "the server is a standby, or takes no writes";
  if (code === "NO_ANSWER") return "it did not answer in time";
  return code;
}
