import { RoomConfiguration } from "livekit-server-sdk";
import { MAX_ATTRIBUTES, MAX_METADATA_CHARS, MAX_NAME_CHARS } from "../token/participant.ts";
import { badRequest, HttpError } from "./http-error.ts";

/** What a client asked for: LiveKit's standard token request. Every field may be missing; blank counts as missing. */
export interface TokenRequest {
  roomName: string | undefined;
  participantIdentity: string | undefined;
  participantName: string | undefined;
  participantMetadata: string | undefined;
  participantAttributes: Readonly<Record<string, string>> | undefined;
  /** `room_config.agents[0].agent_name`. */
  agentName: string | undefined;
}

/** @throws HttpError 400 for a malformed field, 403 for room settings that no client may choose */
export function parseTokenRequest(body: Record<string, unknown>): TokenRequest {
  return {
    roomName: text(body, "room_name", MAX_NAME_CHARS),
    participantIdentity: text(body, "participant_identity", MAX_NAME_CHARS),
    participantName: text(body, "participant_name", MAX_NAME_CHARS),
    participantMetadata: text(body, "participant_metadata", MAX_METADATA_CHARS),
    participantAttributes: attributes(body.participant_attributes),
    agentName: agentName(body.room_config),
  };
}

function text(body: Record<string, unknown>, field: string, maxChars: number): string | undefined {
  const value = body[field];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw badRequest(`${field} must be a string.`, { field });
  if (value.trim() === "") return undefined;
  if (value.length > maxChars) {
    throw badRequest(`${field} has ${value.length} characters; the limit is ${maxChars}.`, { field, maxChars });
  }
  return value;
}

function attributes(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined;
  const field = "participant_attributes";
  if (typeof value !== "object" || Array.isArray(value))
    throw badRequest(`${field} must be an object of strings.`, { field });
  const entries = Object.entries(value);
  if (entries.length === 0) return undefined;
  if (entries.length > MAX_ATTRIBUTES) {
    throw badRequest(`${field} has ${entries.length} entries; the limit is ${MAX_ATTRIBUTES}.`, {
      field,
      maxEntries: MAX_ATTRIBUTES,
    });
  }
  if (!entries.every(([, entry]) => typeof entry === "string"))
    throw badRequest(`${field} must be an object of strings.`, { field });
  return Object.fromEntries(entries);
}

/** Of `room_config` a client may send one agent's name; fields that are not LiveKit's are ignored. */
function agentName(roomConfig: unknown): string | undefined {
  if (roomConfig === undefined || roomConfig === null) return undefined;
  let config: RoomConfiguration;
  try {
    config = RoomConfiguration.fromJson(roomConfig as Parameters<typeof RoomConfiguration.fromJson>[0], {
      ignoreUnknownFields: true,
    });
  } catch {
    throw badRequest("room_config is not a LiveKit room configuration.", { field: "room_config" });
  }
  // What is not set does not appear in the JSON form.
  for (const field of Object.keys(config.toJson() as object)) {
    if (field !== "agents") throw notAllowed(`room_config.${field}`);
  }
  if (config.agents.length > 1) throw notAllowed("room_config.agents[1]");
  const [agent] = config.agents;
  for (const field of Object.keys((agent?.toJson() as object | undefined) ?? {})) {
    if (field !== "agentName") throw notAllowed(`room_config.agents[0].${field}`);
  }
  return agent?.agentName || undefined;
}

/** The answer to a field that the client may not choose. */
export function notAllowed(field: string): HttpError {
  return new HttpError(403, "server.field_not_allowed", `${field} is decided by the server and may not be set.`, {
    details: { field },
  });
}
