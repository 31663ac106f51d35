import type { Document } from "@sotto/core";
import type { LoadErrorCode } from "../load-error.ts";
import type { LoadOptions } from "../options.ts";
import type { LoadReport } from "../report/load-report.ts";

/** What the thread is asked for. */
export interface LoadRequest {
  source: string | Uint8Array;
  options: LoadOptions;
}

/** What it answers: documents in portions, so that taking them over holds nobody up, then the report, or an error. */
export type LoadMessage =
  | { kind: "documents"; documents: Document[] }
  | { kind: "done"; report: LoadReport }
  | { kind: "failed"; code?: LoadErrorCode; message: string; details: Record<string, unknown> };
