// Measures what a worker's processes need with a knowledge base of 100,000 documents in memory, at 1 and at 4 processes
// that wait for a call. Linux; needs a LiveKit server: livekit-server --dev
//   npm run measure-memory [-- how many documents]
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KNOWLEDGE_INDEX, openSotto } from "../src/open-sotto.ts";
import { APP_DIR, readSettings } from "../src/settings.ts";
import { syntheticDocuments } from "./synthetic-documents.ts";

const DOCUMENTS = Number(process.argv[2] ?? 100_000);
const MB = 1024 * 1024;

interface ProcessMemory {
  role: "worker" | "job" | "inference";
  /** Bytes in memory, shared pages counted whole. */
  rss: number;
  /** Bytes in memory, shared pages divided among those who share them. */
  pss: number;
}

const store = mkdtempSync(join(tmpdir(), "sotto-measure-"));
process.env.SOTTO_STORE = store;
process.env.OPENAI_API_KEY ||= "not used: nobody calls";
try {
  const sotto = await openSotto(readSettings());
  await sotto.createIndex(KNOWLEDGE_INDEX, syntheticDocuments(DOCUMENTS));
  await sotto.close();
  console.log(`${DOCUMENTS.toLocaleString("en")} documents in the knowledge base`);
  for (const processes of [1, 4]) report(processes, await measure(processes));
} finally {
  rmSync(store, { recursive: true, force: true });
}

async function measure(processes: number): Promise<ProcessMemory[]> {
  const env = { ...process.env, WORKER_IDLE_PROCESSES: String(processes) };
  const worker = spawn(process.execPath, [join(APP_DIR, "src", "worker.ts"), "start"], { env, stdio: "ignore" });
  try {
    return await settled(worker, processes);
  } finally {
    worker.kill("SIGTERM");
    await once(worker, "exit");
  }
}

/** Waits until all processes are there and, for ten seconds, do not grow any more. */
async function settled(worker: ChildProcess, processes: number): Promise<ProcessMemory[]> {
  let before = 0;
  for (let quiet = 0; ; ) {
    await sleep(1000);
    if (worker.exitCode !== null)
      throw new Error(`The worker ended with ${worker.exitCode}. Is a LiveKit server running?`);
    const now = memoryOf(worker.pid as number);
    const total = now.reduce((sum, { pss }) => sum + pss, 0);
    const jobs = now.filter(({ role, rss }) => role === "job" && rss > 0).length;
    quiet = jobs === processes && Math.abs(total - before) < 2 * MB ? quiet + 1 : 0;
    before = total;
    if (quiet === 10) return now;
  }
}

function memoryOf(worker: number): ProcessMemory[] {
  const children = readdirSync(`/proc/${worker}/task`).flatMap((task) =>
    readFileSync(`/proc/${worker}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean),
  );
  return [String(worker), ...children].map((pid) => {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const bytes = (field: string) => 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(rollup)?.[1] ?? 0);
    const role = command.includes("job_proc") ? "job" : command.includes("inference_proc") ? "inference" : "worker";
    return { role, rss: bytes("Rss"), pss: bytes("Pss") };
  });
}

function report(processes: number, memory: readonly ProcessMemory[]): void {
  console.log(`\n${processes} ${processes === 1 ? "process" : "processes"} for calls`);
  const all = { role: "all", rss: sum(memory, "rss"), pss: sum(memory, "pss") };
  for (const { role, rss, pss } of [...memory, all]) {
    console.log(`  ${role.padEnd(10)} RSS ${inMb(rss)} MB, PSS ${inMb(pss)} MB`);
  }
}

function sum(memory: readonly ProcessMemory[], field: "rss" | "pss"): number {
  return memory.reduce((total, each) => total + each[field], 0);
}

function inMb(bytes: number): string {
  return String(Math.round(bytes / MB)).padStart(5);
}
