import { inspect } from "node:util";
import { jest } from "@jest/globals";
import { TokenVerifier } from "livekit-server-sdk";
import { OptionInvalidError, VoiceServer } from "./index.ts";

const SECRET = "a-secret-that-nobody-may-see";
const credentials = { url: "https://lk.example.com/", apiKey: "key1", apiSecret: SECRET, agentName: "support" };
const verifier = new TokenVerifier("key1", SECRET);

describe("createParticipantToken", () => {
  const server = VoiceServer.fromCredentials(credentials);

  it("grants one room, to talk, listen and send data, and nothing else", async () => {
    const claims = await verifier.verify(await server.createParticipantToken("user-1", "call-1"));
    expect(claims.sub).toBe("user-1");
    expect(claims.video).toEqual({
      roomJoin: true,
      room: "call-1",
      canPublish: true,
      canSubscribe: true,
      canPublishData: true,
    });
    expect(Object.keys(claims).sort()).toEqual(["exp", "iss", "nbf", "roomConfig", "sub", "video"]);
  });

  it("dispatches the agent with its metadata, another agent when one is named, none when there is none", async () => {
    const config = async (token: Promise<string>) => (await verifier.verify(await token)).roomConfig;
    expect(await config(server.createParticipantToken("u", "r", undefined, { agentMetadata: "m" }))).toMatchObject({
      agents: [{ agentName: "support", metadata: "m" }],
    });
    expect(await config(server.createParticipantToken("u", "r", "sales"))).toMatchObject({
      agents: [{ agentName: "sales" }],
    });
    const bare = VoiceServer.fromCredentials({ ...credentials, agentName: undefined });
    expect(await config(bare.createParticipantToken("u", "r"))).toBeUndefined();
  });

  it("carries name, metadata and attributes", async () => {
    const participant = { identity: "u", name: "Ann", metadata: "m", attributes: { language: "no" } };
    expect(await verifier.verify(await server.createParticipantToken(participant, "r"))).toMatchObject({
      name: "Ann",
      metadata: "m",
      attributes: { language: "no" },
    });
  });

  it("is rejected under another secret or another key", async () => {
    const token = await server.createParticipantToken("u", "r");
    await expect(new TokenVerifier("key1", "another-secret").verify(token)).rejects.toThrow(
      "signature verification failed",
    );
    await expect(new TokenVerifier("key2", SECRET).verify(token)).rejects.toThrow('unexpected "iss" claim value');
  });

  describe("time to live", () => {
    afterEach(() => {
      jest.useRealTimers();
    });

    it.each([
      [undefined, 900],
      [60_000, 60],
      [21_600_000, 21_600],
    ])("of %s ms ends the token after %d s", async (tokenTtlMs, seconds) => {
      jest.useFakeTimers({
        now: Date.parse("2030-01-01T00:00:00Z"),
        doNotFake: ["nextTick", "setImmediate", "queueMicrotask"],
      });
      const token = await server.createParticipantToken("u", "r", undefined, { ...(tokenTtlMs && { tokenTtlMs }) });
      const { exp = 0, nbf = 0 } = await verifier.verify(token);
      expect(exp - nbf).toBe(seconds);
      jest.setSystemTime((exp + 1) * 1000);
      await expect(verifier.verify(token, 0)).rejects.toThrow('"exp" claim timestamp check failed');
    });

    it.each([59_999, 21_600_001, Number.NaN])("of %d ms is refused, with the bounds", async (tokenTtlMs) => {
      const message = `tokenTtlMs must be from 60000 to 21600000, not ${tokenTtlMs}.`;
      await expect(server.createParticipantToken("u", "r", undefined, { tokenTtlMs })).rejects.toThrow(message);
      expect(() => VoiceServer.fromCredentials({ ...credentials, tokenTtlMs })).toThrow(message);
    });
  });

  it.each([
    ["", "r", undefined, "participant.identity must not be empty."],
    ["u".repeat(257), "r", undefined, "participant.identity has 257 characters; the limit is 256."],
    ["u", " ", undefined, "roomName must not be empty."],
    ["u", "r", "", "agentName must not be empty."],
  ])("refuses identity %j, room %j, agent %j", async (identity, room, agent, message) => {
    const error = await server.createParticipantToken(identity, room, agent).catch((thrown: unknown) => thrown);
    expect(OptionInvalidError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ code: "voice_server.option_invalid", message });
  });

  it("refuses agent metadata that no agent would get", async () => {
    const bare = VoiceServer.fromCredentials({ ...credentials, agentName: undefined });
    await expect(bare.createParticipantToken("u", "r", undefined, { agentMetadata: "m" })).rejects.toThrow(
      "agentMetadata needs an agentName",
    );
  });
});

describe("a VoiceServer", () => {
  it("gives clients a WebSocket URL, and the agent's name", () => {
    const server = VoiceServer.fromCredentials(credentials);
    expect(server.getServerUrl()).toBe("wss://lk.example.com");
    expect(server.getAgentName()).toBe("support");
  });

  it("does not show its key or secret", () => {
    const server = VoiceServer.fromCredentials(credentials);
    for (const shown of [String(server), JSON.stringify(server), inspect(server, { depth: 9, showHidden: true })]) {
      expect(shown).not.toContain(SECRET);
      expect(shown).not.toContain("key1");
    }
  });

  it.each([
    [{ url: "lk.example.com" }, 'url must be a ws:, wss:, http: or https: URL, not "lk.example.com".'],
    [{ apiKey: "" }, "apiKey must be a string that is not empty."],
    [{ apiSecret: "" }, "apiSecret must be a string that is not empty."],
    [{ agentName: "" }, "agentName must be a string that is not empty, or left out."],
  ])("refuses %j", (change, message) => {
    expect(() => VoiceServer.fromCredentials({ ...credentials, ...change })).toThrow(message);
  });
});

describe("fromEnv", () => {
  it("reads LiveKit's variables", async () => {
    const env = {
      LIVEKIT_URL: "ws://localhost:7880",
      LIVEKIT_API_KEY: "key1",
      LIVEKIT_API_SECRET: SECRET,
      LIVEKIT_AGENT_NAME: "a",
    };
    const server = await VoiceServer.fromEnv({ env, tokenTtlMs: 120_000 });
    const { exp = 0, nbf = 0 } = await verifier.verify(await server.createParticipantToken("u", "r"));
    expect([server.getServerUrl(), server.getAgentName(), exp - nbf]).toEqual(["ws://localhost:7880", "a", 120]);
  });

  it("names what is missing, never what is there", async () => {
    await expect(VoiceServer.fromEnv({ env: { LIVEKIT_URL: "ws://x", LIVEKIT_API_SECRET: SECRET } })).rejects.toThrow(
      "The environment does not set LIVEKIT_API_KEY.",
    );
    await expect(VoiceServer.fromEnv({ env: { SOTTO_PROJECT_KEY: SECRET } })).rejects.toThrow(
      "The environment does not set SOTTO_PROJECT_ID, SOTTO_VOICE_AGENT_ID, SOTTO_API_URL.",
    );
    await expect(VoiceServer.fromEnv({ env: {} })).rejects.toThrow(
      "must set LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET, or SOTTO_PROJECT_ID",
    );
  });
});
