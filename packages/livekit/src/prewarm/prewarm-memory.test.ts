import { initializeLogger, JobProcess } from "@livekit/agents";
import { memoryStorage, type Sotto } from "@sotto/core";
import { broken, never, quiet, sottoWithKnowledge } from "../../test/support/sottos.ts";
import { prewarmMemory, processMemory } from "../index.ts";

initializeLogger({ pretty: false, level: "silent" });

let sotto: Sotto;

beforeEach(async () => {
  sotto = await sottoWithKnowledge();
});

afterEach(async () => {
  await sotto.close();
});

describe("prewarmMemory", () => {
  it("loads every index once, and hands the same memory to every job of the process", async () => {
    const loaded: string[] = [];
    const counting = broken(sotto, {
      loadIndex: (name, options) => {
        loaded.push(name);
        return sotto.loadIndex(name, options);
      },
    });
    const proc = new JobProcess();
    expect(await prewarmMemory(proc, { sotto: counting })).toBe(counting);
    expect(processMemory(proc)).toBe(counting);
    expect(await prewarmMemory(proc, { indexes: [] })).toBe(counting);
    expect(loaded).toEqual(["help"]);
  });

  it("makes a Sotto from options", async () => {
    const made = await prewarmMemory(new JobProcess(), {
      sotto: { storage: memoryStorage(), project: "acme", logger: quiet },
    });
    expect(made.project).toBe("acme");
    await made.close();
  });

  it("lets the process take calls though an index cannot be loaded, or takes too long", async () => {
    const fails = broken(sotto, { loadIndex: () => Promise.reject(new Error("no such file")) });
    const hangs = broken(sotto, { loadIndex: never });
    expect(await prewarmMemory(new JobProcess(), { sotto: fails })).toBe(fails);
    expect(await prewarmMemory(new JobProcess(), { sotto: hangs, timeoutMs: 10 })).toBe(hangs);
  });

  it("rejects options that make no Sotto", async () => {
    await expect(prewarmMemory(new JobProcess(), { sotto: { limits: { topK: -1 } } })).rejects.toThrow("topK");
  });
});

describe("processMemory", () => {
  it("is made when nobody prewarmed, once", async () => {
    const proc = new JobProcess();
    const made = processMemory(proc, { storage: memoryStorage(), logger: quiet });
    expect(processMemory(proc)).toBe(made);
    await made.close();
  });
});
