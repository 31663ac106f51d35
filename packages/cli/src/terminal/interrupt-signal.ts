import { EXIT } from "../exit-code.ts";

/** Aborts on the first Ctrl-C (or SIGTERM), so that a command can end cleanly; a second one ends the process at once. */
export function interruptSignal(): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const onInterrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
  };
  const names = ["SIGINT", "SIGTERM"] as const;
  for (const name of names) process.on(name, onInterrupt);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of names) process.off(name, onInterrupt);
    },
  };
}
