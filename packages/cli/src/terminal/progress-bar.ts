import cliProgress from "cli-progress";
import type { Terminal } from "./terminal.ts";

export interface ProgressBar {
  /** `what` is what is being worked on. */
  update(done: number, total: number, what: string): void;
  /** Takes the bar off the screen. */
  stop(): void;
}

/** A bar on stderr when it is a terminal; otherwise nothing is drawn. */
export function progressBar(terminal: Terminal, options: { quiet: boolean }): ProgressBar {
  if (options.quiet || !terminal.interactive) return { update() {}, stop() {} };
  const { cyan, dim } = terminal.errColors;
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    format: `${cyan("{bar}")} {percentage} % ${dim("{what}")}`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
  });
  let started = false;
  return {
    update(done, total, what) {
      if (started) bar.update(done, { what });
      else bar.start(total, done, { what });
      started = true;
    },
    stop() {
      if (started) bar.stop();
    },
  };
}
