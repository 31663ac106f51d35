/** What one forget removed. */
export interface ForgetResult {
  sessions: number;
  turns: number;
  memories: number;
  profileVersions: number;
  /** Documents (chunks one by one) of indexes. */
  documents: number;
}

export function nothingForgotten(): ForgetResult {
  return { sessions: 0, turns: 0, memories: 0, profileVersions: 0, documents: 0 };
}

/** Adds what was forgotten to `total`. */
export function addForgotten(total: ForgetResult, part: Partial<ForgetResult>): ForgetResult {
  for (const [what, count] of Object.entries(part) as [keyof ForgetResult, number][]) total[what] += count;
  return total;
}
