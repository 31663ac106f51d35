import { printable } from "./printable.ts";

const MOST_CAUSES = 5;

/** An error in one line: its message and, in brackets, that of what lies at the bottom of it ("fetch failed" says little). */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  const root = rootCause(error);
  const reason = root.message || (root as NodeJS.ErrnoException).code || "";
  const text = reason === "" || error.message.includes(reason) ? error.message : `${error.message} (${reason})`;
  return printable(text.replace(/\s+/g, " ").trim());
}

function rootCause(error: Error): Error {
  let root = error;
  for (let depth = 0; depth < MOST_CAUSES && root.cause instanceof Error; depth++) root = root.cause;
  return root;
}
