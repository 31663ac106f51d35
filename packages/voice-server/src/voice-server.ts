import { CachedCredentials } from "./credentials/cached-credentials.ts";
import { type ControlPlaneOptions, checkControlPlaneOptions, fetchCredentials } from "./credentials/control-plane.ts";
import { type CredentialsSource, fixedCredentials } from "./credentials/credentials-source.ts";
import { checkCredentials, type LiveKitCredentials } from "./credentials/livekit-credentials.ts";
import { environmentOptions } from "./environment.ts";
import { OptionInvalidError } from "./errors/index.ts";
import { type AgentDispatch, checkTokenTtl, DEFAULT_TOKEN_TTL_MS, mintToken } from "./token/mint-token.ts";
import type { Participant } from "./token/participant.ts";

export interface TokenOptions {
  /** How long a token lets its holder join, in ms, 60,000 to 21,600,000. Default 900,000, a quarter of an hour. */
  tokenTtlMs?: number;
}

export interface CreateOptions extends ControlPlaneOptions, TokenOptions {
  /** Age from which the credentials are fetched again, in ms, at least 1000. Default 300,000. */
  cacheTtlMs?: number;
  /**
   * While refreshes fail: how much longer than `cacheTtlMs` the old credentials serve, in ms, unless the control plane
   * said when they expire. Default 3,600,000.
   */
  maxStaleMs?: number;
  /** Gets one line for each failed refresh. Default `console.warn`. */
  warn?: (message: string) => void;
  /** Milliseconds since 1970. Default `Date.now`. */
  now?: () => number;
}

export interface FromCredentialsOptions extends LiveKitCredentials, TokenOptions {}

export interface ParticipantTokenOptions extends TokenOptions {
  /** Reaches the agent's job as its metadata. At most 16,384 characters; readable by the participant. */
  agentMetadata?: string;
  /** Further agents that join the room. At most 8. */
  agents?: readonly AgentDispatch[];
}

/** What a client needs to join. */
export interface ConnectionDetails {
  serverUrl: string;
  participantToken: string;
}

/**
 * Mints short-lived LiveKit tokens on your backend. The API secret stays inside: it is in no property, no JSON, no
 * log line and no error.
 *
 * @example
 * const server = VoiceServer.fromCredentials({ url: "ws://localhost:7880", apiKey: "devkey", apiSecret: "secret", agentName: "support" });
 * const token = await server.createParticipantToken("user-42", "call-1");
 */
export class VoiceServer {
  readonly #source: CredentialsSource;
  readonly #tokenTtlMs: number;

  private constructor(source: CredentialsSource, tokenTtlMs: number) {
    this.#source = source;
    this.#tokenTtlMs = tokenTtlMs;
  }

  /**
   * Gets LiveKit's URL, key and secret and the agent's name from the control plane, and keeps them fresh.
   *
   * @throws OptionInvalidError, ControlPlaneUnreachableError, ProjectKeyRefusedError, AgentNotFoundError,
   * ControlPlaneAnswerError
   */
  static async create(options: CreateOptions): Promise<VoiceServer> {
    checkControlPlaneOptions(options);
    const { tokenTtlMs = DEFAULT_TOKEN_TTL_MS, cacheTtlMs = 300_000, maxStaleMs = 3_600_000 } = options;
    checkTokenTtl(tokenTtlMs);
    if (!(cacheTtlMs >= 1000)) throw new OptionInvalidError("cacheTtlMs", `must be at least 1000, not ${cacheTtlMs}`);
    if (!(maxStaleMs >= 0)) throw new OptionInvalidError("maxStaleMs", `must not be negative, and is ${maxStaleMs}`);
    const source = await CachedCredentials.create({
      fetchCredentials: () => fetchCredentials(options),
      cacheTtlMs,
      maxStaleMs,
      now: options.now ?? Date.now,
      warn: options.warn ?? console.warn,
    });
    return new VoiceServer(source, tokenTtlMs);
  }

  /** For a LiveKit server whose key and secret you hold yourself. @throws OptionInvalidError */
  static fromCredentials(options: FromCredentialsOptions): VoiceServer {
    const { tokenTtlMs = DEFAULT_TOKEN_TTL_MS } = options;
    checkTokenTtl(tokenTtlMs);
    return new VoiceServer(fixedCredentials(checkCredentials(options)), tokenTtlMs);
  }

  /**
   * `LIVEKIT_URL`, `LIVEKIT_API_KEY`, `LIVEKIT_API_SECRET` and, optionally, `LIVEKIT_AGENT_NAME`; or, without
   * `LIVEKIT_URL`, `SOTTO_PROJECT_ID`, `SOTTO_PROJECT_KEY`, `SOTTO_VOICE_AGENT_ID` and `SOTTO_API_URL`.
   *
   * @throws OptionInvalidError naming the variables that are missing, and what `create` throws
   */
  static async fromEnv(
    options: TokenOptions & { env?: Readonly<Record<string, string | undefined>> } = {},
  ): Promise<VoiceServer> {
    const { env = process.env, ...rest } = options;
    const found = environmentOptions(env);
    return "apiSecret" in found
      ? VoiceServer.fromCredentials({ ...found, ...rest })
      : VoiceServer.create({ ...found, ...rest });
  }

  /**
   * A token that lets `participant` (an identity, or more) join one room, and calls the agent into it.
   *
   * @param agentName default: the agent that the credentials name
   * @throws OptionInvalidError; with `create`, also its errors once the credentials have expired
   */
  async createParticipantToken(
    participant: string | Participant,
    roomName: string,
    agentName?: string,
    options: ParticipantTokenOptions = {},
  ): Promise<string> {
    const { participantToken } = await this.createConnectionDetails(participant, roomName, agentName, options);
    return participantToken;
  }

  /** As `createParticipantToken`, with the URL of the server that the token is for. */
  async createConnectionDetails(
    participant: string | Participant,
    roomName: string,
    agentName?: string,
    options: ParticipantTokenOptions = {},
  ): Promise<ConnectionDetails> {
    const credentials = await this.#source.current();
    const { agentMetadata, agents = [], tokenTtlMs = this.#tokenTtlMs } = options;
    const request = { participant, roomName, agentName, agentMetadata, agents, tokenTtlMs };
    return { serverUrl: credentials.url, participantToken: await mintToken(credentials, request) };
  }

  /** LiveKit's URL for clients, `ws:` or `wss:`. */
  getServerUrl(): string {
    return this.#source.latest.url;
  }

  /** The agent that tokens dispatch unless another is named; undefined when the credentials name none. */
  getAgentName(): string | undefined {
    return this.#source.latest.agentName;
  }

  /** How often the control plane could not be asked anew since the start. */
  get failedRefreshes(): number {
    return this.#source.failedRefreshes;
  }

  toJSON(): { serverUrl: string; agentName: string | undefined } {
    return { serverUrl: this.getServerUrl(), agentName: this.getAgentName() };
  }

  toString(): string {
    return `VoiceServer(${this.getServerUrl()})`;
  }
}
