import cliProgress from "cli-progress";

export interface Progress {
  show(what: string, done: number, total: number): void;
  stop(): void;
}

/** One line on stderr while there is work, when stderr is a terminal; nothing otherwise. */
export function progressLine(): Progress {
  if (!process.stderr.isTTY) return { show() {}, stop() {} };
  const format = "{bar} {percentage}% {what}";
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    format,
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
  });
  let running = false;
  return {
    show(what, done, total) {
      if (!running) bar.start(total, done, { what });
      running = true;
      bar.setTotal(total);
      bar.update(done, { what });
    },
    stop() {
      if (running) bar.stop();
      running = false;
    },
  };
}
