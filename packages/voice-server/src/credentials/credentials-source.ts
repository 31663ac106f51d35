import type { LiveKitCredentials } from "./livekit-credentials.ts";

/** Where a VoiceServer has its credentials from. */
export interface CredentialsSource {
  /** The last known ones, at once. */
  readonly latest: LiveKitCredentials;
  /** Ones that are fresh enough to mint with. */
  current(): Promise<LiveKitCredentials>;
  readonly failedRefreshes: number;
}

/** Credentials that never change. */
export function fixedCredentials(credentials: LiveKitCredentials): CredentialsSource {
  return { latest: credentials, current: async () => credentials, failedRefreshes: 0 };
}
