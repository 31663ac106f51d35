import type { Logger } from "@sotto/core";
import { printable } from "./printable.ts";

/** Warnings of memory, one line each on stderr. */
export const stderrLogger: Logger = {
  warn: (message, fields) => write(message, fields),
  error: (message, fields) => write(message, fields),
};

function write(message: string, fields: Record<string, unknown> | undefined): void {
  const details = fields === undefined ? "" : ` ${JSON.stringify(fields)}`;
  process.stderr.write(`memory: ${printable(message + details)}\n`);
}
