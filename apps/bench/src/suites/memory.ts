import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Progress } from "../report/progress.ts";
import { benchRecall, type RecallResult } from "./recall.ts";
import { benchTurns, type TurnsResult } from "./turns.ts";

export interface MemoryResult {
  turns: TurnsResult;
  recall: RecallResult;
}

export interface MemoryOptions {
  orgDocuments: number;
  memories: number;
  turns: number;
  sessions: number;
  rounds: number;
  recalls: number;
  progress: Progress;
}

/** Recording turns and four-lane recall, in a SQLite store of its own. */
export async function benchMemory(options: MemoryOptions): Promise<MemoryResult> {
  const directory = await mkdtemp(join(tmpdir(), "sotto-bench-"));
  try {
    const turns = await benchTurns({ ...options, directory: join(directory, "turns") });
    const recall = await benchRecall({ ...options, directory: join(directory, "recall") });
    return { turns, recall };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
