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

/** A write to a session that is being forgotten. Once that is done, its id may begin anew. */
export class SessionForgottenError extends SottoError {
  static override readonly code = "session.forgotten";

  constructor() {
    super("session.forgotten", "The session is being forgotten: nothing was written. Try again once that is done.");
  }
}

/** A write about a user who is being forgotten. Once that is done they may begin anew. */
export class UserForgottenError extends SottoError {
  static override readonly code = "user.forgotten";

  constructor() {
    super("user.forgotten", "The user is being forgotten: nothing was written. Try again once that is done.");
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
