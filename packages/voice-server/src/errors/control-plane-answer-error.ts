import { VoiceServerError } from "./voice-server-error.ts";

/** The control plane answered something other than its contract says: is apiUrl that of a control plane? */
export class ControlPlaneAnswerError extends VoiceServerError {
  readonly apiUrl: string;
  readonly reason: string;

  constructor(apiUrl: string, reason: string) {
    super(
      "voice_server.control_plane_answer",
      `The answer of ${apiUrl} is not that of a control plane: ${reason}. Check apiUrl.`,
      { apiUrl, reason },
    );
    this.apiUrl = apiUrl;
    this.reason = reason;
  }

  static override isInstance(error: unknown): error is ControlPlaneAnswerError {
    return VoiceServerError.isInstance(error) && error.code === "voice_server.control_plane_answer";
  }
}
