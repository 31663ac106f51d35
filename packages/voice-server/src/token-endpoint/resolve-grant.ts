import { memoryScopeMetadata } from "../token/memory-scope.ts";
import type { Participant } from "../token/participant.ts";
import type { ClientField, TokenEndpointOptions, TokenGrant } from "./options.ts";
import { notAllowed, type TokenRequest } from "./token-request.ts";

export interface ResolvedGrant {
  participant: Participant;
  roomName: string;
  agentName: string | undefined;
  agentMetadata: string | undefined;
  agents: TokenGrant["agents"];
}

/**
 * The server's decision and the client's wishes as one. A wish that is not allowed, or that contradicts the decision,
 * is an error rather than ignored: the client would believe it had been granted.
 *
 * @throws HttpError 403
 */
export function resolveGrant(
  grant: TokenGrant,
  wish: TokenRequest,
  options: Pick<TokenEndpointOptions, "clientMaySet" | "agentNames">,
  ownAgentName: string | undefined,
): ResolvedGrant {
  const choose = <T>(field: ClientField, decided: T | undefined, wished: T | undefined): T | undefined => {
    if (wished === undefined) return decided;
    if (decided === undefined ? options.clientMaySet?.includes(field) : isSame(decided, wished)) return wished;
    throw notAllowed(field);
  };
  if (wish.participantIdentity !== undefined && wish.participantIdentity !== grant.identity) {
    throw notAllowed("participant_identity");
  }
  const participant = {
    identity: grant.identity,
    name: choose("participant_name", grant.name, wish.participantName),
    metadata: choose("participant_metadata", grant.metadata, wish.participantMetadata),
    attributes: choose("participant_attributes", grant.attributes, wish.participantAttributes),
  };
  const agentName = grant.agentName ?? ownAgentName;
  if (wish.agentName !== undefined && wish.agentName !== agentName) {
    const isListed = grant.agentName === undefined && options.agentNames?.includes(wish.agentName);
    if (!isListed) throw notAllowed("room_config.agents[0].agent_name");
  }
  return {
    participant,
    roomName: choose("room_name", grant.room, wish.roomName) ?? `call-${crypto.randomUUID()}`,
    agentName: wish.agentName ?? agentName,
    agents: grant.agents,
    agentMetadata: grant.agentMetadata ?? (grant.memory && memoryScopeMetadata(grant.memory)),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return typeof a === "object" ? sorted(a) === sorted(b) : a === b;
}

function sorted(value: unknown): string {
  return JSON.stringify(Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
