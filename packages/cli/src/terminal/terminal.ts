import type { WriteStream } from "node:tty";
import pc from "picocolors";

type Colors = ReturnType<typeof pc.createColors>;

/** Where a command writes: results to `out` (stdout), everything else to `err` (stderr). */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Colours of stdout and of stderr; plain unless that stream is a terminal. */
  outColors: Colors;
  errColors: Colors;
  /** Whether stderr is a terminal that a progress bar can be drawn on. */
  interactive: boolean;
}

/** The process's own streams. `NO_COLOR` and `color: false` switch colours off, `FORCE_COLOR` switches them on. */
export function processTerminal(options: { color: boolean }): Terminal {
  const colors = (stream: WriteStream) => pc.createColors(options.color && wantsColor(stream));
  return {
    out: (text) => void process.stdout.write(`${text}\n`),
    err: (text) => void process.stderr.write(`${text}\n`),
    outColors: colors(process.stdout),
    errColors: colors(process.stderr),
    interactive: process.stderr.isTTY === true,
  };
}

function wantsColor(stream: WriteStream): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== "0";
  return stream.isTTY === true && TERM !== "dumb";
}
