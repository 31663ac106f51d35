/**
 * Short-lived LiveKit participant tokens from your backend, and LiveKit's standard token endpoint.
 * @module
 */
export type { ControlPlaneOptions } from "./credentials/control-plane.ts";
export type { LiveKitCredentials } from "./credentials/livekit-credentials.ts";
export {
  AgentNotFoundError,
  ControlPlaneAnswerError,
  ControlPlaneUnreachableError,
  OptionInvalidError,
  ProjectKeyRefusedError,
  VoiceServerError,
} from "./errors/index.ts";
export { type MemoryScope, memoryScopeMetadata, readMemoryScope } from "./token/memory-scope.ts";
export type { AgentDispatch } from "./token/mint-token.ts";
export type { Participant } from "./token/participant.ts";
export type { CorsOptions } from "./token-endpoint/cors.ts";
export type { ClientField, TokenEndpointOptions, TokenGrant } from "./token-endpoint/options.ts";
export type { RateLimit, RateLimitOptions } from "./token-endpoint/rate-limit.ts";
export { type Refusal, refuse } from "./token-endpoint/refusal.ts";
export { tokenEndpoint } from "./token-endpoint/token-endpoint.ts";
export type { TokenRequest } from "./token-endpoint/token-request.ts";
export {
  type ConnectionDetails,
  type CreateOptions,
  type FromCredentialsOptions,
  type ParticipantTokenOptions,
  type TokenOptions,
  VoiceServer,
} from "./voice-server.ts";
