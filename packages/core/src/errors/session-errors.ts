import { SottoError } from "./sotto-error.ts";

/** A session was opened or written for a user that does not own it. */
export class IdentityMismatchError extends SottoError {
  static override readonly code = "session.identity_mismatch";
  readonly sessionId: string;

  constructor(sessionId: string) {
    super("session.identity_mismatch", `The session "${sessionId}" belongs to another user.`, { sessionId });
    this.sessionId = sessionId;
  }
}

/** The named session does not exist. */
export class SessionNotFoundError extends SottoError {
  static override readonly code = "session.not_found";
  readonly sessionId: string;

  constructor(sessionId: string) {
    super("session.not_found", `There is no session "${sessionId}".`, { sessionId });
    this.sessionId = sessionId;
  }
}
