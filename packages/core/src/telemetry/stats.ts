/** A counted event that the design lets pass, so that a call goes on. */
export interface SottoStats {
  failedWrites: number;
  failedRecalls: number;
  lateLanes: number;
  consolidations: number;
  failedConsolidations: number;
}
