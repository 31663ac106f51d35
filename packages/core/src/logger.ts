/** Where warnings go. Messages and fields never hold document text, embeddings or secrets. */
export interface Logger {
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
  debug?(message: string, fields?: Record<string, unknown>): void;
}

export const consoleLogger: Logger = {
  warn: (message, fields) => console.warn(`sotto: ${message}`, fields ?? ""),
  error: (message, fields) => console.error(`sotto: ${message}`, fields ?? ""),
};
