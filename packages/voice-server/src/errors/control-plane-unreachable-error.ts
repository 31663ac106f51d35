import { VoiceServerError } from "./voice-server-error.ts";

/** The control plane could not be reached, did not answer in time, or answered that it failed (429, 5xx). Worth a retry. */
export class ControlPlaneUnreachableError extends VoiceServerError {
  readonly apiUrl: string;
  readonly reason: string;

  constructor(apiUrl: string, reason: string, options?: { cause?: unknown }) {
    super(
      "voice_server.control_plane_unreachable",
      `The control plane at ${apiUrl} could not be asked for LiveKit credentials: ${reason}.`,
      { apiUrl, reason },
      options,
    );
    this.apiUrl = apiUrl;
    this.reason = reason;
  }

  static override isInstance(error: unknown): error is ControlPlaneUnreachableError {
    return VoiceServerError.isInstance(error) && error.code === "voice_server.control_plane_unreachable";
  }
}
