/** What one forget removed. */
export interface ForgetResult {
  sessions: number;
  turns: number;
  memories: number;
  profileVersions: number;
  /** Documents (chunks one by one) of indexes. */
  documents: number;
  /**
   * Why some bytes of it are still on the disk, where that is so: nothing can read them any more, and they go by themselves
   * once whoever reads the store as it was before (a backup, a tool) is done.
   */
  pending?: string;
}

type Counted = Omit<ForgetResult, "pending">;

export function nothingForgotten(): ForgetResult {
  return { sessions: 0, turns: 0, memories: 0, profileVersions: 0, documents: 0 };
}

/** Adds what was forgotten to `total`. */
export function addForgotten(total: ForgetResult, part: Partial<Counted>): ForgetResult {
  for (const [what, count] of Object.entries(part) as [keyof Counted, number][]) total[what] += count;
  return total;
}
