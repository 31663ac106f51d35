import { callerMemory } from "./caller.ts";

const remoteParticipant = (identity: string, name = "") => ({ identity, name });

describe("whose memory a participant opens", () => {
  it("is the token endpoint's choice for the caller whom the job is for", () => {
    const identify = callerMemory({ user: "customer-7" });
    expect(identify(remoteParticipant("browser-1", "Ann"))).toEqual({ id: "customer-7", name: "Ann" });
    expect(identify(remoteParticipant("browser-1", "Ann"))).toEqual({ id: "customer-7", name: "Ann" });
  });

  it("is their own for whoever joins later", () => {
    const identify = callerMemory({ user: "customer-7" });
    identify(remoteParticipant("browser-1"));
    expect(identify(remoteParticipant("browser-2", "Ben"))).toEqual({ id: "browser-2", name: "Ben" });
  });

  it("is that of the participant's identity when the endpoint said nothing", () => {
    expect(callerMemory(undefined)(remoteParticipant("sip-4711"))).toBe("sip-4711");
  });
});
