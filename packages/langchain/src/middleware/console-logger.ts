import type { Logger } from "@sotto/core";

export const consoleLogger: Logger = {
  warn: (message, fields) => console.warn(`sotto: ${message}`, fields ?? ""),
  error: (message, fields) => console.error(`sotto: ${message}`, fields ?? ""),
};
