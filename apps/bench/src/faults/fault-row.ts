/** One attack: how often it was tried, and how often Sotto did not do what it promises. */
export interface FaultRow {
  attack: string;
  tries: number;
  failures: number;
  /** What the tries amount to: writes that were acknowledged, the slowest answer. */
  note: string;
}
