import { inspect } from "node:util";
import { TokenVerifier } from "livekit-server-sdk";
import { type ControlPlaneStub, startControlPlaneStub } from "../../test/control-plane-stub.ts";
import {
  AgentNotFoundError,
  ControlPlaneAnswerError,
  ControlPlaneUnreachableError,
  type CreateOptions,
  ProjectKeyRefusedError,
  VoiceServer,
} from "../index.ts";

const PROJECT_KEY = "sk_project_key";
const answer = (n: number, more: object = {}) => ({
  url: `wss://lk${n}.example.com`,
  apiKey: `key${n}`,
  apiSecret: `secret-${n}`,
  agentName: `agent${n}`,
  ...more,
});
const refusal = (code: string) => ({ error: { code, message: "No.", details: {} } });

let plane: ControlPlaneStub;
let nowMs: number;
let warnings: string[];

beforeEach(async () => {
  plane = await startControlPlaneStub();
  plane.answer(200, answer(1));
  nowMs = 1_000_000;
  warnings = [];
});
afterEach(() => plane.close());

const create = (options: Partial<CreateOptions> = {}) =>
  VoiceServer.create({
    projectId: "p 1",
    projectKey: PROJECT_KEY,
    voiceAgentId: "agent/1",
    apiUrl: plane.apiUrl,
    cacheTtlMs: 60_000,
    now: () => nowMs,
    warn: (message) => warnings.push(message),
    ...options,
  });

describe("VoiceServer.create", () => {
  it("asks for the agent's credentials with the project's key, and mints with them", async () => {
    const server = await create({ apiUrl: `${plane.apiUrl}/` });
    expect(plane.requests).toEqual([
      {
        method: "GET",
        url: "/v1/agents/agent%2F1/livekit-credentials",
        authorization: `Bearer ${PROJECT_KEY}`,
        projectId: "p 1",
      },
    ]);
    expect([server.getServerUrl(), server.getAgentName()]).toEqual(["wss://lk1.example.com", "agent1"]);
    const token = await server.createParticipantToken("u", "r");
    expect((await new TokenVerifier("key1", "secret-1").verify(token)).sub).toBe("u");
  });

  it.each([
    [401, "server.unauthorized", ProjectKeyRefusedError, /does not know the project key given for the project "p 1"/],
    [403, "server.forbidden", ProjectKeyRefusedError, /may not read the LiveKit credentials of the agent "agent\/1"/],
    [404, "server.not_found", AgentNotFoundError, /The project "p 1" has no agent "agent\/1"/],
    [500, "server.internal", ControlPlaneUnreachableError, /it answered 500/],
    [429, "server.rate_limited", ControlPlaneUnreachableError, /it answered 429/],
    [418, "server.teapot", ControlPlaneAnswerError, /status 418 instead of 200/],
  ])("tells a %d apart", async (status, code, type, message) => {
    plane.answer(status, refusal(code));
    const error = await create().catch((thrown: unknown) => thrown);
    expect(type.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    expect(inspect(error, { depth: 9 })).not.toContain(PROJECT_KEY);
  });

  it.each([
    ["<html>", "it is not JSON"],
    ["null", "it is not a JSON object"],
    [answer(1, { apiSecret: 7 }), '"apiSecret" is missing or not a string'],
    [answer(1, { agentName: undefined }), '"agentName" is missing or not a string'],
    [answer(1, { url: "nonsense" }), '"url" is not a ws:, wss:, http: or https: URL'],
    [answer(1, { expiresAt: "soon" }), '"expiresAt" is not an ISO 8601 time'],
  ])("says what is wrong with the answer %j, without repeating it", async (body, reason) => {
    plane.answer(200, body);
    const error = await create().catch((thrown: unknown) => thrown);
    expect(ControlPlaneAnswerError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ reason });
    expect(inspect(error, { depth: 9 })).not.toContain("secret-1");
  });

  it("does not follow a redirect with the key in hand", async () => {
    plane.handle((_, response) => response.writeHead(302, { Location: "/elsewhere" }).end());
    await expect(create()).rejects.toThrow("status 302 instead of 200");
    expect(plane.requests).toHaveLength(1);
  });

  it("gives up on a control plane that does not answer, and on one that is not there", async () => {
    plane.handle(() => {});
    await expect(create({ requestTimeoutMs: 20 })).rejects.toThrow("no answer within 20 ms");
    await expect(create({ apiUrl: "http://127.0.0.1:1" })).rejects.toMatchObject({
      code: "voice_server.control_plane_unreachable",
    });
  });

  it.each([
    [{ projectId: "" }, "projectId must be a string that is not empty."],
    [{ apiUrl: "ftp://x" }, 'apiUrl must be an http: or https: URL, not "ftp://x".'],
    [{ cacheTtlMs: 10 }, "cacheTtlMs must be at least 1000, not 10."],
    [{ requestTimeoutMs: 0 }, "requestTimeoutMs must be from 1 to 60000, not 0."],
  ])("refuses %j before it asks", async (change, message) => {
    await expect(create(change)).rejects.toThrow(message);
    expect(plane.requests).toEqual([]);
  });
});

describe("refreshing", () => {
  const mint = (server: VoiceServer) => server.createConnectionDetails("u", "r").then(({ serverUrl }) => serverUrl);

  it("asks again once the credentials are old, once however many callers wait", async () => {
    const server = await create();
    nowMs += 59_999;
    await mint(server);
    expect(plane.requests).toHaveLength(1);
    plane.answer(200, answer(2));
    nowMs += 1;
    expect(await Promise.all([mint(server), mint(server), mint(server)])).toEqual(
      Array(3).fill("wss://lk2.example.com"),
    );
    expect(plane.requests).toHaveLength(2);
    expect(server.getServerUrl()).toBe("wss://lk2.example.com");
  });

  it("keeps minting with the old ones while the control plane fails, counts, logs, and does not insist", async () => {
    const server = await create();
    plane.answer(500, refusal("server.internal"));
    nowMs += 60_000;
    expect(await mint(server)).toBe("wss://lk1.example.com");
    expect(await mint(server)).toBe("wss://lk1.example.com");
    expect([plane.requests.length, server.failedRefreshes]).toEqual([2, 1]);
    expect(warnings).toEqual([expect.stringMatching(/\(failure 1\), the old ones still serve: .*it answered 500/)]);
    nowMs += 10_000;
    plane.answer(200, answer(2));
    expect(await mint(server)).toBe("wss://lk2.example.com");
  });

  it("stops when the old ones expire, as the control plane says or else after maxStaleMs", async () => {
    plane.answer(200, answer(1, { expiresAt: new Date(nowMs + 90_000).toISOString() }));
    const dated = await create();
    plane.answer(200, answer(1));
    const undated = await create({ maxStaleMs: 30_000 });
    plane.answer(503, refusal("server.unavailable"));
    for (const server of [dated, undated]) {
      nowMs = 1_000_000 + 89_999;
      expect(await mint(server)).toBe("wss://lk1.example.com");
      nowMs = 1_000_000 + 90_000 + 10_000;
      await expect(mint(server)).rejects.toThrow("it answered 503");
    }
  });

  it("fetches anew when the credentials expire before they are old", async () => {
    plane.answer(200, answer(1, { expiresAt: new Date(nowMs + 5_000).toISOString() }));
    const server = await create();
    plane.answer(200, answer(2));
    nowMs += 5_000;
    expect(await mint(server)).toBe("wss://lk2.example.com");
  });

  it("stops at once when the key is refused, and goes on when it is accepted again", async () => {
    const server = await create();
    plane.answer(401, refusal("server.unauthorized"));
    nowMs += 60_000;
    await expect(mint(server)).rejects.toMatchObject({ code: "voice_server.project_key_refused" });
    await expect(mint(server)).rejects.toMatchObject({ code: "voice_server.project_key_refused" });
    expect(plane.requests).toHaveLength(2);
    plane.answer(200, answer(2));
    nowMs += 10_000;
    expect(await mint(server)).toBe("wss://lk2.example.com");
  });
});
