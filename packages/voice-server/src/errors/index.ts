export { AgentNotFoundError } from "./agent-not-found-error.ts";
export { ControlPlaneAnswerError } from "./control-plane-answer-error.ts";
export { ControlPlaneUnreachableError } from "./control-plane-unreachable-error.ts";
export { OptionInvalidError } from "./option-invalid-error.ts";
export { ProjectKeyRefusedError } from "./project-key-refused-error.ts";
export { VoiceServerError } from "./voice-server-error.ts";
