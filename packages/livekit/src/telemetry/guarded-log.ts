import { log } from "@livekit/agents";

type Level = "debug" | "warn" | "error";

/** Writes to LiveKit's log. LiveKit has none before `initializeLogger()`: then nothing is written. */
export function guardedLog(level: Level, message: string, details: Record<string, unknown> = {}): void {
  try {
    log()[level](details, `sotto: ${message}`);
  } catch {
    // No logger yet.
  }
}

/** `code: message` of an error; texts of users are never part of one. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" ? `${code}: ${error.message}` : error.message;
}
