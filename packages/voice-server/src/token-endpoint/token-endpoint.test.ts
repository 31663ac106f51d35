import { TokenVerifier } from "livekit-server-sdk";
import {
  ControlPlaneUnreachableError,
  readMemoryScope,
  refuse,
  type TokenEndpointOptions,
  tokenEndpoint,
  VoiceServer,
} from "../index.ts";

const server = VoiceServer.fromCredentials({
  url: "ws://localhost:7880",
  apiKey: "devkey",
  apiSecret: "secret",
  agentName: "support",
});
const verifier = new TokenVerifier("devkey", "secret");
const authorize: TokenEndpointOptions["authorize"] = () => ({ identity: "user-1", room: "call-1" });

async function post(options: Partial<TokenEndpointOptions>, body: unknown = {}, headers: Record<string, string> = {}) {
  const endpoint = tokenEndpoint(server, { authorize, ...options });
  const request = new Request("https://app.example.com/getToken", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const response = await endpoint(request);
  const answer = await response.json();
  const claims = response.status === 201 ? await verifier.verify(answer.participant_token) : undefined;
  return { status: response.status, answer, claims, headers: response.headers, error: answer.error };
}

describe("a token request", () => {
  it("gets 201, the server's URL and a token for what authorize decided", async () => {
    const { status, answer, claims, headers } = await post({});
    expect(status).toBe(201);
    expect(Object.keys(answer).sort()).toEqual(["participant_token", "server_url"]);
    expect(answer.server_url).toBe("ws://localhost:7880");
    expect(headers.get("cache-control")).toBe("no-store");
    expect([claims?.sub, claims?.video?.room, claims?.video?.canUpdateOwnMetadata]).toEqual([
      "user-1",
      "call-1",
      undefined,
    ]);
    expect(claims?.roomConfig).toMatchObject({ agents: [{ agentName: "support" }] });
  });

  it("may have no body at all, and then gets a room of its own", async () => {
    const endpoint = tokenEndpoint(server, { authorize: () => ({ identity: "u" }) });
    const rooms = await Promise.all(
      [1, 2].map(async () => {
        const response = await endpoint(new Request("https://x/", { method: "POST" }));
        return (await verifier.verify((await response.json()).participant_token)).video?.room;
      }),
    );
    expect(rooms).toEqual([expect.stringMatching(/^call-[0-9a-f-]{36}$/), expect.stringMatching(/^call-/)]);
    expect(rooms[0]).not.toBe(rooms[1]);
  });

  it("brings the memory scope to the agent, where the client cannot touch it", async () => {
    const { claims } = await post({
      authorize: () => ({ identity: "device-9", memory: { user: "user-1", session: "s1" } }),
    });
    const metadata = claims?.roomConfig?.agents[0]?.metadata;
    expect(readMemoryScope(metadata)).toEqual({ user: "user-1", session: "s1" });
    expect(readMemoryScope("not JSON")).toBeUndefined();
    expect(readMemoryScope('{"sotto":{"user":7}}')).toBeUndefined();
    const { status, error } = await post(
      {},
      { room_config: { agents: [{ agent_name: "support", metadata: '{"sotto":{"user":"victim"}}' }] } },
    );
    expect([status, error.details.field]).toEqual([403, "room_config.agents[0].metadata"]);
  });
});

describe("a server that is made at the first request", () => {
  it("is made once, and again after it could not be", async () => {
    let made = 0;
    const errors: unknown[] = [];
    const make = async () => {
      made += 1;
      if (made === 1) throw new ControlPlaneUnreachableError("https://sotto.example.com", "it answered 500");
      return server;
    };
    const endpoint = tokenEndpoint(make, { authorize, onError: (error) => void errors.push(error) });
    expect(made).toBe(0);
    const ask = async () => (await endpoint(new Request("https://x/", { method: "POST" }))).status;
    expect([await ask(), await ask(), await ask(), made]).toEqual([503, 201, 201, 2]);
    expect(errors).toEqual([expect.any(ControlPlaneUnreachableError)]);
  });
});

describe("what the client wishes", () => {
  it.each([
    [{ participant_identity: "victim" }, "participant_identity"],
    [{ room_name: "other" }, "room_name"],
    [{ participant_name: "Ann" }, "participant_name"],
    [{ participant_metadata: "x" }, "participant_metadata"],
    [{ participant_attributes: { a: "b" } }, "participant_attributes"],
    [{ room_config: { agents: [{ agent_name: "admin" }] } }, "room_config.agents[0].agent_name"],
    [{ room_config: { agents: [{ agent_name: "support" }, { agent_name: "support" }] } }, "room_config.agents[1]"],
    [{ room_config: { metadata: "x" } }, "room_config.metadata"],
    [{ room_config: { egress: { room: { room_name: "r" } } } }, "room_config.egress"],
  ])("is refused with 403 when it may not be set: %j", async (body, field) => {
    const { status, error } = await post({}, body);
    expect(status).toBe(403);
    expect(error).toEqual({
      code: "server.field_not_allowed",
      message: `${field} is decided by the server and may not be set.`,
      details: { field },
    });
  });

  it("is fine where it says what the server decided anyway, and where it is unknown or blank", async () => {
    const body = {
      participant_identity: "user-1",
      room_name: "call-1",
      participant_name: "",
      unknown: 1,
      room_config: { future_field: 1, agents: [{ agent_name: "support" }] },
    };
    expect((await post({}, body)).status).toBe(201);
  });

  it("is granted where clientMaySet and agentNames allow it and the server has not decided", async () => {
    const options: Partial<TokenEndpointOptions> = {
      authorize: () => ({ identity: "u" }),
      clientMaySet: ["room_name", "participant_name", "participant_metadata", "participant_attributes"],
      agentNames: ["sales"],
    };
    const body = {
      room_name: "r9",
      participant_name: "Ann",
      participant_metadata: "m",
      participant_attributes: { a: "b" },
      room_config: { agents: [{ agent_name: "sales" }] },
    };
    const { claims } = await post(options, body);
    expect(claims).toMatchObject({
      sub: "u",
      name: "Ann",
      metadata: "m",
      attributes: { a: "b" },
      video: { room: "r9" },
      roomConfig: { agents: [{ agentName: "sales" }] },
    });
    expect((await post({ ...options, authorize }, body)).error.details.field).toBe("room_name");
  });

  it("is shown to authorize", async () => {
    let seen: unknown;
    await post(
      {
        authorize: (_, requested) => {
          seen = requested;
          return null;
        },
      },
      { room_name: "r9", room_config: { agents: [{ agent_name: "a" }] } },
    );
    expect(seen).toMatchObject({ roomName: "r9", agentName: "a" });
  });
});

describe("refusals", () => {
  it.each([
    [() => null, 401, "server.unauthorized", "Sign in to get a token."],
    [() => refuse(401, "Your session has ended."), 401, "server.unauthorized", "Your session has ended."],
    [async () => refuse(403), 403, "server.forbidden", "You may not join this call."],
  ])("by authorize %s", async (authorize, status, code, message) => {
    const answer = await post({ authorize });
    expect([answer.status, answer.error]).toEqual([status, { code, message, details: {} }]);
  });

  it("answers 500 without the reason when authorize throws or decides nonsense, and hands the reason to onError", async () => {
    const errors: unknown[] = [];
    const onError = (error: unknown) => void errors.push(error);
    const thrown = await post({
      onError,
      authorize: () => {
        throw new Error("db password wrong");
      },
    });
    const nonsense = await post({ onError, authorize: () => ({ identity: "" }) });
    expect([thrown.status, nonsense.status]).toEqual([500, 500]);
    expect(thrown.error).toEqual({ code: "server.internal", message: "The token could not be minted.", details: {} });
    expect(errors.map(String)).toEqual([
      "Error: db password wrong",
      "OptionInvalidError: participant.identity must not be empty.",
    ]);
  });

  it.each([
    ["{", 400, "server.bad_request"],
    ["[]", 400, "server.bad_request"],
    [{ room_name: 7 }, 400, "server.bad_request"],
    [{ room_name: "r".repeat(257) }, 400, "server.bad_request"],
    [{ participant_attributes: { a: 1 } }, 400, "server.bad_request"],
    [{ room_config: { agents: "support" } }, 400, "server.bad_request"],
    [{ room_name: "r".repeat(20_000) }, 413, "server.payload_too_large"],
  ])("of the body %j", async (body, status, code) => {
    const answer = await post({}, body);
    expect([answer.status, answer.error.code]).toEqual([status, code]);
  });

  it("of a body that is longer than it announced, read no further than the limit", async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1000).fill(32));
      },
    });
    const request = new Request("https://x/", { method: "POST", body: endless, duplex: "half" } as RequestInit);
    const response = await tokenEndpoint(server, { authorize, maxBodyBytes: 5000 })(request);
    expect(response.status).toBe(413);
    expect(pulled).toBeLessThan(10);
  });

  it("of another content type, and of another method", async () => {
    expect((await post({}, "{}", { "Content-Type": "text/plain" })).status).toBe(415);
    const response = await tokenEndpoint(server, { authorize })(new Request("https://x/"));
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });
});

describe("rate limits", () => {
  const endpointAt = (clock: { nowMs: number }, options: Partial<TokenEndpointOptions>) => {
    const endpoint = tokenEndpoint(server, {
      authorize: (request) => ({ identity: request.headers.get("x-user") ?? "" }),
      now: () => clock.nowMs,
      ...options,
    });
    return (user: string, ip = "1.1.1.1") =>
      endpoint(new Request("https://x/", { method: "POST", headers: { "x-user": user, "x-ip": ip } }));
  };

  it("answer 429 with Retry-After for one identity, and let others through", async () => {
    const clock = { nowMs: 0 };
    const ask = endpointAt(clock, { rateLimit: { perIdentity: { limit: 2, windowMs: 60_000 } } });
    expect([(await ask("a")).status, (await ask("a")).status]).toEqual([201, 201]);
    const refused = await ask("a");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "30"]);
    expect((await refused.json()).error).toMatchObject({
      code: "server.rate_limited",
      details: { limit: 2, windowMs: 60_000, retryAfterSeconds: 30 },
    });
    expect((await ask("b")).status).toBe(201);
    clock.nowMs = 29_999;
    expect((await ask("a")).status).toBe(429);
    clock.nowMs = 30_000;
    expect((await ask("a")).status).toBe(201);
  });

  it("are 30 a minute for an identity unless said otherwise", async () => {
    const ask = endpointAt({ nowMs: 0 }, {});
    const statuses = await Promise.all(Array.from({ length: 31 }, async () => (await ask("a")).status));
    expect(statuses.filter((status) => status === 201)).toHaveLength(30);
    const unlimited = endpointAt({ nowMs: 0 }, { rateLimit: false });
    const free = await Promise.all(Array.from({ length: 31 }, async () => (await unlimited("a")).status));
    expect(new Set(free)).toEqual(new Set([201]));
  });

  it("count by address before authorize is asked", async () => {
    let asked = 0;
    const ask = endpointAt(
      { nowMs: 0 },
      {
        authorize: () => {
          asked += 1;
          return null;
        },
        rateLimit: { perIp: { limit: 1, windowMs: 1000 }, ip: (request) => request.headers.get("x-ip") ?? undefined },
      },
    );
    expect([
      (await ask("a", "1.1.1.1")).status,
      (await ask("b", "1.1.1.1")).status,
      (await ask("a", "2.2.2.2")).status,
    ]).toEqual([401, 429, 401]);
    expect(asked).toBe(2);
  });

  it("must make sense", () => {
    expect(() => tokenEndpoint(server, { authorize, rateLimit: { perIdentity: { limit: 0, windowMs: 1 } } })).toThrow(
      "rateLimit.perIdentity.limit must be at least 1, not 0.",
    );
  });
});

describe("CORS", () => {
  const from = async (origin: string, method: string, options: Partial<TokenEndpointOptions>) =>
    tokenEndpoint(server, { authorize, ...options })(
      new Request("https://x/", { method, headers: { Origin: origin } }),
    );

  it("lets no other origin in unless it is listed, on errors as well", async () => {
    const cors = { origins: ["https://app.example.com"], credentials: true };
    const preflight = await from("https://app.example.com", "OPTIONS", { cors });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      "access-control-allow-origin": "https://app.example.com",
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": "Content-Type, Authorization",
      "access-control-allow-credentials": "true",
      vary: "Origin",
    });
    const refused = await from("https://app.example.com", "POST", { cors, authorize: () => null });
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([
      401,
      "https://app.example.com",
    ]);
    for (const [origin, options] of [
      ["https://evil.example.com", { cors }],
      ["https://app.example.com", {}],
    ] as const) {
      expect((await from(origin, "OPTIONS", options)).headers.get("access-control-allow-origin")).toBeNull();
    }
    expect(
      (await from("https://any.example.com", "POST", { cors: { origins: "*" } })).headers.get(
        "access-control-allow-origin",
      ),
    ).toBe("*");
  });

  it("does not combine any origin with cookies", () => {
    expect(() => tokenEndpoint(server, { authorize, cors: { origins: "*", credentials: true } })).toThrow(
      'cors.credentials cannot be true with origins "*"',
    );
  });
});
