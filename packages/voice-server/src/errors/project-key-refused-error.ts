import { VoiceServerError } from "./voice-server-error.ts";

/** The control plane refused the project key: wrong (401), or without the right to these credentials (403). */
export class ProjectKeyRefusedError extends VoiceServerError {
  readonly status: number;
  readonly projectId: string;

  constructor(status: number, projectId: string, voiceAgentId: string) {
    super(
      "voice_server.project_key_refused",
      `The control plane answered ${status}: ${
        status === 401
          ? `it does not know the project key given for the project "${projectId}"`
          : `the project key may not read the LiveKit credentials of the agent "${voiceAgentId}" in the project "${projectId}"`
      }. Check projectId and projectKey.`,
      { status, projectId, voiceAgentId },
    );
    this.status = status;
    this.projectId = projectId;
  }

  static override isInstance(error: unknown): error is ProjectKeyRefusedError {
    return VoiceServerError.isInstance(error) && error.code === "voice_server.project_key_refused";
  }
}
