import { OptionInvalidError, VoiceServerError } from "../errors/index.ts";
import type { VoiceServer } from "../voice-server.ts";
import { checkCors, corsHeaders, preflightHeaders } from "./cors.ts";
import { HttpError } from "./http-error.ts";
import type { TokenEndpointOptions } from "./options.ts";
import { createRateLimits } from "./rate-limit.ts";
import { readJsonBody } from "./read-body.ts";
import { isRefusal, refuse } from "./refusal.ts";
import { resolveGrant } from "./resolve-grant.ts";
import { parseTokenRequest } from "./token-request.ts";

const DEFAULT_MAX_BODY_BYTES = 16_384;

/**
 * LiveKit's standard token endpoint (`TokenSource.endpoint` in its clients): POST in, 201
 * `{ server_url, participant_token }` out. Every refusal is `{ error: { code, message, details } }` with a `server.*`
 * code.
 *
 * @example
 * const getToken = tokenEndpoint(server, {
 *   authorize: async (request) => {
 *     const user = await userOf(request); // your own authentication
 *     return user ? { identity: user.id, memory: { user: user.id } } : null;
 *   },
 * });
 * app.post("/getToken", (c) => getToken(c.req.raw)); // Hono
 *
 * @param server a function is called at the first request (and again after a failure): for frameworks that evaluate
 * modules while they build, when the environment is not there yet
 * @throws OptionInvalidError
 */
export function tokenEndpoint(
  server: VoiceServer | (() => VoiceServer | Promise<VoiceServer>),
  options: TokenEndpointOptions,
): (request: Request) => Promise<Response> {
  const { authorize, cors, maxBodyBytes = DEFAULT_MAX_BODY_BYTES, onError = console.error } = options;
  if (typeof authorize !== "function") throw new OptionInvalidError("authorize", "must be a function");
  if (!(maxBodyBytes >= 1 && maxBodyBytes <= 1_048_576)) {
    throw new OptionInvalidError("maxBodyBytes", `must be from 1 to 1048576, not ${maxBodyBytes}`);
  }
  checkCors(cors);
  const limits = createRateLimits(options.rateLimit ?? {}, options.now ?? Date.now);

  const getServer = typeof server === "function" ? onceItSucceeds(server) : async () => server;

  async function answer(request: Request): Promise<Response> {
    if (request.method === "OPTIONS") return new Response(null, { status: 204, headers: preflightHeaders(cors) });
    if (request.method !== "POST") {
      const headers = { Allow: "POST, OPTIONS" };
      throw new HttpError(405, "server.method_not_allowed", `Use POST, not ${request.method}.`, { headers });
    }
    limits.takeForAddress(request);
    const wish = parseTokenRequest(await readJsonBody(request, maxBodyBytes));
    const decision = (await authorize(request, wish)) ?? refuse(401);
    if (isRefusal(decision)) {
      const { status, message } = decision.refused;
      throw new HttpError(status, status === 401 ? "server.unauthorized" : "server.forbidden", message);
    }
    limits.takeForIdentity(decision.identity);
    const minter = await getServer();
    const { participant, roomName, agentName, agentMetadata, agents } = resolveGrant(
      decision,
      wish,
      options,
      minter.getAgentName(),
    );
    const details = await minter.createConnectionDetails(participant, roomName, agentName, {
      ...(agentMetadata !== undefined && { agentMetadata }),
      ...(agents !== undefined && { agents }),
    });
    const body = { server_url: details.serverUrl, participant_token: details.participantToken };
    return Response.json(body, { status: 201, headers: { "Cache-Control": "no-store" } });
  }

  function failure(error: unknown): Response {
    if (error instanceof HttpError) return error.toResponse();
    onError(error);
    // The control plane's trouble is not the caller's business; that it may pass is.
    const isUpstream = VoiceServerError.isInstance(error) && !OptionInvalidError.isInstance(error);
    return isUpstream
      ? new HttpError(503, "server.unavailable", "Tokens cannot be minted at the moment.").toResponse()
      : new HttpError(500, "server.internal", "The token could not be minted.").toResponse();
  }

  return async (request) => {
    const response = await answer(request).catch(failure);
    for (const [name, value] of Object.entries(corsHeaders(request, cors))) response.headers.set(name, value);
    return response;
  };
}

function onceItSucceeds<T>(create: () => T | Promise<T>): () => Promise<T> {
  let created: Promise<T> | undefined;
  return () => {
    created ??= Promise.resolve()
      .then(create)
      .catch((error: unknown) => {
        created = undefined;
        throw error;
      });
    return created;
  };
}
