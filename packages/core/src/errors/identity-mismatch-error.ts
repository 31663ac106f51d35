import { SottoError } from "./sotto-error.ts";

/** A session was opened or written for a user that does not own it. */
export class IdentityMismatchError extends SottoError {
  readonly sessionId: string;

  constructor(sessionId: string) {
    super("session.identity_mismatch", `The session "${sessionId}" belongs to another user.`, { sessionId });
    this.sessionId = sessionId;
  }

  static override isInstance(error: unknown): error is IdentityMismatchError {
    return SottoError.isInstance(error) && error.code === "session.identity_mismatch";
  }
}
