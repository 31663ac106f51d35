import { AccessToken, RoomAgentDispatch, RoomConfiguration } from "livekit-server-sdk";
import type { LiveKitCredentials } from "../credentials/livekit-credentials.ts";
import { OptionInvalidError } from "../errors/index.ts";
import { checkName, checkParticipant, checkText, MAX_METADATA_CHARS, type Participant } from "./participant.ts";

export const DEFAULT_TOKEN_TTL_MS = 900_000;
export const MIN_TOKEN_TTL_MS = 60_000;
export const MAX_TOKEN_TTL_MS = 21_600_000;
const MOST_AGENTS = 8;

/** An agent that a token calls into its room. */
export interface AgentDispatch {
  agentName: string;
  /** Reaches its job. At most 16,384 characters; readable by the participant. */
  metadata?: string;
}

export interface MintRequest {
  participant: string | Participant;
  roomName: string;
  /** undefined: the credentials' agent. */
  agentName: string | undefined;
  /** Reaches the agent's job as its metadata. */
  agentMetadata: string | undefined;
  /** Further agents. */
  agents: readonly AgentDispatch[];
  tokenTtlMs: number;
}

/** @throws OptionInvalidError */
export function checkTokenTtl(ttlMs: number): void {
  if (!(ttlMs >= MIN_TOKEN_TTL_MS && ttlMs <= MAX_TOKEN_TTL_MS)) {
    throw new OptionInvalidError("tokenTtlMs", `must be from ${MIN_TOKEN_TTL_MS} to ${MAX_TOKEN_TTL_MS}, not ${ttlMs}`);
  }
}

/**
 * A participant's token: join this one room, publish, subscribe, send data; nothing else. Not `canUpdateOwnMetadata`,
 * with which a participant could claim to be someone else.
 */
export async function mintToken(credentials: LiveKitCredentials, request: MintRequest): Promise<string> {
  const { identity, name, metadata, attributes } = checkParticipant(request.participant);
  checkName("roomName", request.roomName);
  checkTokenTtl(request.tokenTtlMs);
  const agentName = request.agentName ?? credentials.agentName;
  if (agentName !== undefined) checkName("agentName", agentName);
  if (request.agentMetadata !== undefined) {
    checkText("agentMetadata", request.agentMetadata, MAX_METADATA_CHARS);
    if (agentName === undefined)
      throw new OptionInvalidError("agentMetadata", "needs an agentName: no agent would get it");
  }

  checkAgents(request.agents);

  const token = new AccessToken(credentials.apiKey, credentials.apiSecret, {
    identity,
    ttl: Math.floor(request.tokenTtlMs / 1000),
    ...(name !== undefined && { name }),
    ...(metadata !== undefined && { metadata }),
    ...(attributes !== undefined && { attributes: { ...attributes } }),
  });
  token.addGrant({
    roomJoin: true,
    room: request.roomName,
    canPublish: true,
    canSubscribe: true,
    canPublishData: true,
  });
  const own = agentName === undefined ? [] : [{ agentName, metadata: request.agentMetadata }];
  const dispatches = [...own, ...request.agents].map((agent) => new RoomAgentDispatch(withMetadata(agent)));
  if (dispatches.length > 0) token.roomConfig = new RoomConfiguration({ agents: dispatches });
  return token.toJwt();
}

function checkAgents(agents: MintRequest["agents"]): void {
  if (agents.length > MOST_AGENTS)
    throw new OptionInvalidError("agents", `has ${agents.length} entries; the limit is ${MOST_AGENTS}`);
  for (const [i, { agentName, metadata }] of agents.entries()) {
    checkName(`agents[${i}].agentName`, agentName);
    if (metadata !== undefined) checkText(`agents[${i}].metadata`, metadata, MAX_METADATA_CHARS);
  }
}

function withMetadata({ agentName, metadata = "" }: { agentName: string; metadata?: string | undefined }) {
  return { agentName, metadata };
}
