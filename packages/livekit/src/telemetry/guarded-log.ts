import { log } from "@livekit/agents";
import type { Logger } from "@sotto/core";

type Level = "debug" | "warn" | "error";

/** Writes to LiveKit's log. LiveKit has none before `initializeLogger()`: then nothing is written. */
export function guardedLog(level: Level, message: string, details: Record<string, unknown> = {}): void {
  try {
    log()[level](details, `sotto: ${message}`);
  } catch {
    // No logger yet.
  }
}

/** Sotto's own warnings, in LiveKit's log. */
export const guardedLogger: Logger = {
  warn: (message, fields) => guardedLog("warn", message, fields),
  error: (message, fields) => guardedLog("error", message, fields),
};

/** `code: message` of an error; texts of users are never part of one. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" ? `${code}: ${error.message}` : error.message;
}
