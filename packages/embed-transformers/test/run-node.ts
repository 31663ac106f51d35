import { execFile } from "node:child_process";

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs Node, this one, in a process of its own. */
export function runNode(args: readonly string[], cwd: string, env: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
  });
}
