/** What the process ends with. */
export const EXIT = {
  ok: 0,
  /** The model or the store failed. */
  failure: 1,
  /** The command line, the environment or the index that they name is not right. */
  usage: 2,
  /** Ctrl-C (128 + SIGINT). */
  interrupted: 130,
} as const;
