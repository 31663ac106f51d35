import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { SecondCallReport } from "./report.ts";

/** Runs the second call in a process of its own. */
export async function runSecondProcess(mainFile: string, store: string): Promise<SecondCallReport> {
  const child = spawn(process.execPath, [mainFile, "--second-call", "--store", store], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "exit") as Promise<[number | null]>]);
  if (code !== 0) throw new Error(`the second process ended with exit code ${code}`);
  return JSON.parse(output) as SecondCallReport;
}
