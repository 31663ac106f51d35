import { SottoError } from "@sotto/core";

/** Memory did not answer in time. A write that was given up may still be carried out. */
export class DeadlineExceededError extends SottoError {
  readonly operation: string;
  readonly timeoutMs: number;

  constructor(operation: string, timeoutMs: number) {
    super("ai_sdk.deadline_exceeded", `${operation} did not answer within ${timeoutMs} ms.`, { operation, timeoutMs });
    this.operation = operation;
    this.timeoutMs = timeoutMs;
  }

  static override isInstance(error: unknown): error is DeadlineExceededError {
    return SottoError.isInstance(error) && error.code === "ai_sdk.deadline_exceeded";
  }
}
