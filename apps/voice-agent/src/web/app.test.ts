import { readMemoryScope, VoiceServer } from "@sotto/voice-server";
import { webApp } from "./app.ts";

const voiceServer = VoiceServer.fromCredentials({
  url: "ws://localhost:7880",
  apiKey: "devkey",
  apiSecret: "secret",
  agentName: "larkfield",
});
const app = webApp({ voiceServer, sessionSecret: "a secret of the test", pageDir: import.meta.dirname });

interface Claims {
  sub: string;
  name: string;
  video: { room: string };
  roomConfig: { agents: { agentName: string; metadata: string }[] };
}

const post = (path: string, body: unknown, cookie = "") =>
  app.request(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", Cookie: cookie },
    body: JSON.stringify(body),
  });

async function signIn(name: string, cookie = ""): Promise<string> {
  const answer = await post("/sign-in", { name }, cookie);
  expect(answer.status).toBe(200);
  return answer.headers.get("set-cookie")?.split(";")[0] as string;
}

async function claimsOf(cookie: string): Promise<Claims> {
  const answer = await post("/getToken", {}, cookie);
  expect(answer.status).toBe(201);
  const { participant_token } = (await answer.json()) as { participant_token: string };
  return JSON.parse(Buffer.from(participant_token.split(".")[1] as string, "base64url").toString()) as Claims;
}

describe("the web server", () => {
  it("calls the agent into a room of the caller's own, with the memory of the caller", async () => {
    const cookie = await signIn("Ann");
    const [first, second] = [await claimsOf(cookie), await claimsOf(cookie)];
    expect(first.name).toBe("Ann");
    expect(first.roomConfig.agents).toMatchObject([{ agentName: "larkfield" }]);
    expect(readMemoryScope(first.roomConfig.agents[0]?.metadata)).toEqual({ user: first.sub });
    expect(second.sub).toBe(first.sub);
    expect(second.video.room).not.toBe(first.video.room);
  });

  it("knows a caller by the cookie, not by the name", async () => {
    const [one, other] = [await signIn("Ann"), await signIn("Ann")];
    expect((await claimsOf(one)).sub).not.toBe((await claimsOf(other)).sub);
    const renamed = await claimsOf(await signIn("Anna Müller", one));
    expect(renamed).toMatchObject({ sub: (await claimsOf(one)).sub, name: "Anna Müller" });
  });

  it("says who is signed in, and sets a cookie that scripts cannot read", async () => {
    expect(await (await app.request("/me")).json()).toEqual({ name: null });
    const answer = await post("/sign-in", { name: " Ann: the first " });
    expect(answer.headers.get("set-cookie")).toMatch(/; HttpOnly; SameSite=Strict$/);
    const cookie = answer.headers.get("set-cookie")?.split(";")[0] as string;
    expect(await (await app.request("/me", { headers: { Cookie: cookie } })).json()).toEqual({
      name: "Ann: the first",
    });
  });

  it("gives no token without a cookie, or for one that was changed", async () => {
    expect((await post("/getToken", {})).status).toBe(401);
    const cookie = await signIn("Ann");
    const { sub } = await claimsOf(await signIn("Victim"));
    const forged = cookie.replace(/caller=[^:%]+/, `caller=${sub}`);
    expect(forged).not.toBe(cookie);
    expect((await post("/getToken", {}, forged)).status).toBe(401);
  });

  it("lets nobody choose an identity or a room", async () => {
    const cookie = await signIn("Ann");
    expect((await post("/getToken", { participant_identity: "ben" }, cookie)).status).toBe(403);
    expect((await post("/getToken", { room_name: "call-of-ben" }, cookie)).status).toBe(403);
  });

  it("asks for a name", async () => {
    for (const body of [{}, { name: "  " }, { name: 7 }, "x"]) expect((await post("/sign-in", body)).status).toBe(400);
  });
});
