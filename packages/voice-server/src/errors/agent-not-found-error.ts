import { VoiceServerError } from "./voice-server-error.ts";

/** The control plane knows no such agent in the project, or the agent has no LiveKit credentials. */
export class AgentNotFoundError extends VoiceServerError {
  readonly voiceAgentId: string;
  readonly projectId: string;

  constructor(voiceAgentId: string, projectId: string) {
    super(
      "voice_server.agent_not_found",
      `The project "${projectId}" has no agent "${voiceAgentId}" with LiveKit credentials. Check voiceAgentId and apiUrl.`,
      { voiceAgentId, projectId },
    );
    this.voiceAgentId = voiceAgentId;
    this.projectId = projectId;
  }

  static override isInstance(error: unknown): error is AgentNotFoundError {
    return VoiceServerError.isInstance(error) && error.code === "voice_server.agent_not_found";
  }
}
