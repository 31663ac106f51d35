import type { MemoryScope } from "../token/memory-scope.ts";
import type { AgentDispatch } from "../token/mint-token.ts";
import type { CorsOptions } from "./cors.ts";
import type { RateLimitOptions } from "./rate-limit.ts";
import type { Refusal } from "./refusal.ts";
import type { TokenRequest } from "./token-request.ts";

/** What `authorize` decides about one call. What it leaves out the client may set, if `clientMaySet` says so. */
export interface TokenGrant {
  /** Who the caller is, by your own authentication; never by what the request's body says. */
  identity: string;
  /** Default: the client's, where it may set one, else a new room, `call-` and a UUID. */
  room?: string;
  name?: string;
  metadata?: string;
  attributes?: Readonly<Record<string, string>>;
  /** Default: the client's, where `agentNames` lists it, else the VoiceServer's agent. */
  agentName?: string;
  /** Whose memory the agent opens; reaches its job's metadata (`readMemoryScope`). Needs an agent name. */
  memory?: MemoryScope;
  /** The agent's job metadata, instead of `memory`. */
  agentMetadata?: string;
  /** Further agents that join the room. */
  agents?: readonly AgentDispatch[];
}

/** Fields of the standard request that a client can be allowed to choose. */
export type ClientField = "room_name" | "participant_name" | "participant_metadata" | "participant_attributes";

export interface TokenEndpointOptions {
  /**
   * Decides who calls and what they may join. Return null for 401, `refuse(403, …)` for another refusal; anything
   * thrown is a 500. `requested` is what the client asked for in the body, which is read by then: wishes, not facts.
   */
  authorize: (
    request: Request,
    requested: TokenRequest,
  ) => TokenGrant | Refusal | null | Promise<TokenGrant | Refusal | null>;
  /** Default: none. A field that is not listed, and does not say what `authorize` decided, is answered with 403. */
  clientMaySet?: readonly ClientField[];
  /** Agents that a client may ask for besides the VoiceServer's own. Default: none. */
  agentNames?: readonly string[];
  /** Default: 30 tokens a minute for one identity. `false` turns all limits off. */
  rateLimit?: RateLimitOptions | false;
  /** Lets browsers on other origins call. Default: none may. */
  cors?: CorsOptions;
  /** Largest request body, 1 to 1,048,576. Default 16,384. */
  maxBodyBytes?: number;
  /** Gets what was thrown when the answer is 500 or 503. Default `console.error`. */
  onError?: (error: unknown) => void;
  /** Milliseconds, for the rate limits. Default `Date.now`. */
  now?: () => number;
}
