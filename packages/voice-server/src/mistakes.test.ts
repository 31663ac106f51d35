import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { TokenVerifier } from "livekit-server-sdk";
import { memoryScopeMetadata, readMemoryScope, tokenEndpoint, VoiceServer } from "./index.ts";
import { toNodeHandler } from "./node.ts";

const apiSecret = "s".repeat(40);
const server = VoiceServer.fromCredentials({
  url: "ws://localhost:7880",
  apiKey: "devkey",
  apiSecret,
  agentName: "support",
});
const authorize = () => ({ identity: "ann" });
const claims = (token: string) => new TokenVerifier("devkey", apiSecret).verify(token);

describe("mistakes in the set-up", () => {
  it.each([
    ["https://app.example.com", "must be a list"],
    [["https://app.example.com/"], 'write "https://app.example.com"'],
    [["https://app.example.com/path"], 'write "https://app.example.com"'],
    [["app.example.com"], "no origin"],
    [["*"], 'give "*" instead of a list'],
    [["https://a.example", 7], "no origin"],
  ])("are refused in cors.origins: %j", (origins, why) => {
    expect(() => tokenEndpoint(server, { authorize, cors: { origins: origins as never } })).toThrow(why);
  });

  it("are not the origins that browsers send", async () => {
    const origins = ["https://app.example.com", "http://localhost:5173"];
    const endpoint = tokenEndpoint(server, { authorize, cors: { origins, credentials: true } });
    const allowed = async (origin: string) =>
      (await endpoint(new Request("http://x/", { method: "OPTIONS", headers: { origin } }))).headers.get(
        "access-control-allow-origin",
      );
    expect(await Promise.all([...origins, "https://app.example.co"].map(allowed))).toEqual([...origins, null]);
  });

  it.each([[{ user: undefined }], [{ user: "" }], [{ user: "a\nb" }], [{ user: "ann", session: 7 }], [null]])(
    "are refused in a memory scope: %j",
    async (memory) => {
      expect(() => memoryScopeMetadata(memory as never)).toThrow("memory.");
      if (memory === null) return;
      const endpoint = tokenEndpoint(server, {
        authorize: () => ({ identity: "ann", memory: memory as never }),
        onError: () => {},
      });
      expect((await endpoint(new Request("http://x/", { method: "POST" }))).status).toBe(500);
    },
  );

  it.each(["\u0000", "a\nb", "a\u2028b", "\ud800"])("are refused in identities and rooms: %j", async (name) => {
    await expect(server.createParticipantToken(name, "room")).rejects.toThrow("control characters");
    await expect(server.createParticipantToken("ann", name)).rejects.toThrow("control characters");
    await expect(server.createParticipantToken({ identity: "ann", name }, "room")).rejects.toThrow(
      "control characters",
    );
  });
});

describe("agents of a token", () => {
  it("may be several, each with its own metadata", async () => {
    const agents = [
      { agentName: "notes", metadata: memoryScopeMetadata({ user: "ann" }) },
      { agentName: "translator" },
    ];
    const endpoint = tokenEndpoint(server, { authorize: () => ({ identity: "ann", agents }) });
    const { participant_token: token } = await (await endpoint(new Request("http://x/", { method: "POST" }))).json();
    const called = (await claims(token)).roomConfig?.agents ?? [];
    expect(called.map(({ agentName }) => agentName)).toEqual(["support", "notes", "translator"]);
    expect(readMemoryScope(called[1]?.metadata)).toEqual({ user: "ann" });
    const many = new Array(9).fill({ agentName: "x" });
    await expect(server.createParticipantToken("ann", "room", undefined, { agents: many })).rejects.toThrow(
      "limit is 8",
    );
  });
});

describe("Express 4", () => {
  it("sets an empty body for a request without one: that is no body", async () => {
    const handler = toNodeHandler(tokenEndpoint(server, { authorize }));
    const http = createServer((request, response) => void handler(Object.assign(request, { body: {} }), response));
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const { port } = http.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/getToken`, { method: "POST" });
    expect(answer.status).toBe(201);
    await new Promise((resolve) => http.close(resolve));
  });
});
