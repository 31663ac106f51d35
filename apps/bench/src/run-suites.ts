import { availableParallelism, cpus, loadavg } from "node:os";
import type { BenchArguments } from "./arguments.ts";
import type { Progress } from "./report/progress.ts";
import { benchEmbed, type EmbedResult } from "./suites/embed.ts";
import { benchEngine, type EngineResult } from "./suites/engine.ts";
import { benchLoad, type LoadResult } from "./suites/load.ts";
import { benchMemory, type MemoryResult } from "./suites/memory.ts";
import { benchRealText, type RealTextResult } from "./suites/real-text.ts";

export interface BenchResult {
  machine: {
    cpu: string;
    cpus: number;
    node: string;
    platform: string;
    /** Load average of the last minute: above 0 before the start, something else was running. */
    loadBefore: number;
    loadAfter: number;
  };
  rounds: number;
  engine: EngineResult[];
  load: LoadResult[];
  text?: RealTextResult;
  embed?: EmbedResult;
  memory?: MemoryResult;
  notMeasured: string[];
}

const MEMORY = { orgDocuments: 100_000, memories: 10_000, turns: 200, sessions: 50, recalls: 1_000 };
const QUICK_MEMORY = { orgDocuments: 10_000, memories: 500, turns: 60, sessions: 10, recalls: 300 };

/** Runs the suites one after the other. */
export async function runSuites(options: BenchArguments, progress: Progress): Promise<BenchResult> {
  const { only, documents, rounds, queries, quick } = options;
  const result: BenchResult = {
    machine: {
      cpu: cpus()[0]?.model.trim() ?? "unknown",
      cpus: availableParallelism(),
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      loadBefore: loadavg()[0] as number,
      loadAfter: 0,
    },
    rounds,
    engine: [],
    load: [],
    notMeasured: [],
  };
  for (const size of documents) {
    if (only.includes("engine")) {
      const engine = await benchEngine({ documents: size, rounds, queries, progress });
      result.engine.push(engine);
      result.notMeasured.push(...engine.notMeasured);
    }
    if (only.includes("load")) result.load.push(await benchLoad({ documents: size, rounds, progress }));
  }
  if (only.includes("text"))
    result.text = await benchRealText({ mostFiles: quick ? 200 : 5_000, rounds, queries, progress });
  if (only.includes("embed")) result.embed = await benchEmbed({ rounds, queries });
  if (only.includes("memory")) {
    const { orgDocuments, ...size } = quick ? QUICK_MEMORY : MEMORY;
    const most = Math.max(...documents);
    result.memory = await benchMemory({ ...size, orgDocuments: Math.min(orgDocuments, most), rounds, progress });
  }
  result.machine.loadAfter = loadavg()[0] as number;
  return result;
}
