import { initializeLogger } from "@livekit/agents";
import { createSotto, memoryStorage, type Sotto } from "@sotto/core";
import { TestRoom } from "../../test/support/rooms.ts";
import { quiet } from "../../test/support/sottos.ts";
import { type MemoryOptions, resolveMemory } from "../memory-options.ts";
import { CallIdentity } from "./call-identity.ts";

initializeLogger({ pretty: false, level: "silent" });

let sotto: Sotto;
let room: TestRoom;

beforeEach(() => {
  sotto = createSotto({ storage: memoryStorage(), logger: quiet });
  room = new TestRoom();
});

afterEach(async () => {
  await sotto.close();
});

function identity(options: Partial<MemoryOptions> = {}): CallIdentity {
  return new CallIdentity(resolveMemory({ sotto, room, ...options }), undefined);
}

describe("who calls", () => {
  it("is the participant, by identity and name", async () => {
    room.join({ identity: "ada", name: "Ada" });
    expect(await identity().speaker()).toEqual({ id: "ada", name: "Ada" });
  });

  it("is not another agent, an egress or an ingress", async () => {
    room.join({ identity: "agent", info: { kind: 4 } });
    room.join({ identity: "egress", info: { kind: 2 } });
    room.join({ identity: "ingress", info: { kind: 1 } });
    room.join({ identity: "ada", info: { kind: 0 } });
    expect(await identity().speaker()).toBe("ada");
  });

  it("is waited for until somebody joins", async () => {
    const speaker = identity().speaker();
    room.join({ identity: "agent", info: { kind: 4 } });
    room.join({ identity: "ada" });
    expect(await speaker).toBe("ada");
    expect(room.eventNames()).toEqual([]);
  });

  it("is nobody when the room is left before", async () => {
    const speaker = identity().speaker();
    room.emit("disconnected");
    expect(await speaker).toBeUndefined();
  });

  it("is what identify says, asked once for each participant", async () => {
    const asked: string[] = [];
    const who = identity({
      identify: async ({ identity: id }: { identity: string }) => {
        asked.push(id);
        return { id: `crm-${id}` };
      },
    });
    room.join({ identity: "ada" });
    expect(await who.speaker()).toEqual({ id: "crm-ada" });
    expect(who.speaker()).toEqual({ id: "crm-ada" });
    expect(asked).toEqual(["ada"]);
  });

  it("is asked for again after identify failed", async () => {
    let attempts = 0;
    room.join({ identity: "ada" });
    const who = identity({
      identify: () => {
        if (++attempts === 1) throw new Error("the CRM is down");
        return "ada";
      },
    });
    expect(await who.speaker()).toBeUndefined();
    expect(await who.speaker()).toBe("ada");
  });

  it("owns the session as the first one, though others speak later", async () => {
    const who = identity();
    room.join({ identity: "ada" });
    expect(await who.owner()).toBe("ada");
    room.leave("ada");
    room.join({ identity: "grace" });
    expect(await who.scope()).toEqual({ speaker: "grace", owner: "ada", session: "RM_1" });
  });

  it("is the user of the options, whoever is in the room", () => {
    room.join({ identity: "ada" });
    expect(identity({ user: "grace" }).speaker()).toBe("grace");
  });

  it("is nobody without a room", () => {
    expect(identity({ room: undefined }).speaker()).toBeUndefined();
  });
});

describe("the id of the call", () => {
  it("is the sid of the room, else its name", async () => {
    expect(await identity().id()).toBe("RM_1");
    room.sid = undefined;
    expect(await identity().id()).toBe("support");
  });

  it("is what the options say", async () => {
    expect(identity({ session: "call-7" }).id()).toBe("call-7");
    expect(await identity({ session: async () => "call-8" }).id()).toBe("call-8");
  });

  it("is a new one without a room, and stays", () => {
    const who = identity({ room: undefined });
    expect(who.id()).toMatch(/^call-[0-9a-f-]{36}$/);
    expect(who.id()).toBe(who.id());
    expect(identity({ room: undefined }).id()).not.toBe(who.id());
  });

  it("is a new one when it cannot be found", async () => {
    const failing = () => {
      throw new Error("no id today");
    };
    expect(await identity({ session: failing }).id()).toMatch(/^call-/);
    expect(await identity({ session: async () => failing() }).id()).toMatch(/^call-/);
  });
});
