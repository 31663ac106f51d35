import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

export interface RunningProcess {
  pid: number;
  parent: number;
  command: string;
}

/** The process and whatever it started, and these started, whichever group they are in. */
export async function treeOf(pid: number): Promise<RunningProcess[]> {
  const all = await running();
  const tree = all.filter((process) => process.pid === pid);
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid));
  return tree;
}

/** Those that are there still after `graceMs`; answers as soon as none is. */
export async function survivors(tree: readonly RunningProcess[], graceMs: number): Promise<RunningProcess[]> {
  const deadline = Date.now() + graceMs;
  for (;;) {
    const commands = new Map((await running()).map(({ pid, command }) => [pid, command]));
    const left = tree.filter(({ pid, command }) => commands.get(pid) === command);
    if (left.length === 0 || Date.now() >= deadline) return left;
    await sleep(100);
  }
}

/** Every process but those that have ended and wait for their parent to notice. */
async function running(): Promise<RunningProcess[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "pid=,ppid=,stat=,args="], {
    maxBuffer: 2 ** 24,
  });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, parent, state, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined || state?.startsWith("Z")
      ? []
      : [{ pid: Number(pid), parent: Number(parent), command }];
  });
}
