import { hostname } from "node:os";

/** A row that is older has no owner any more, also when that cannot be asked, as of a process on another machine. */
const OWNER_MAX_AGE_MS = 10 * 60_000;

/** Names a process in the rows that it is at work on, and tells whether the process of such a name still runs. */
export class Owner {
  readonly name: string;

  /** `processToken` differs between processes, also between those that had the same id one after the other. */
  constructor(processToken: string) {
    this.name = `${process.pid} ${processToken} ${hostname()}`;
  }

  /** Whether the process that made a row at `createdMs` can still bring it to its end. */
  isAlive(name: string, createdMs: number, nowMs: number): boolean {
    if (nowMs - createdMs > OWNER_MAX_AGE_MS) return false;
    if (name === this.name) return true;
    const [pid, , ...host] = name.split(" ");
    if (host.join(" ") !== hostname()) return true;
    return Number(pid) !== process.pid && runs(Number(pid));
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
