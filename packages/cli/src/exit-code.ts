/** What the commands exit with. */
export const EXIT = {
  ok: 0,
  /** `ingest`: some file failed. `query`: no hits. */
  incomplete: 1,
  /** The command line is wrong, or the store or the index cannot be used. */
  usage: 2,
  /** Ended by Ctrl-C, as shells number it. */
  interrupted: 130,
} as const;
