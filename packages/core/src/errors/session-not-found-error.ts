import { SottoError } from "./sotto-error.ts";

/** The named session does not exist. */
export class SessionNotFoundError extends SottoError {
  readonly sessionId: string;

  constructor(sessionId: string) {
    super("session.not_found", `There is no session "${sessionId}".`, { sessionId });
    this.sessionId = sessionId;
  }

  static override isInstance(error: unknown): error is SessionNotFoundError {
    return SottoError.isInstance(error) && error.code === "session.not_found";
  }
}
