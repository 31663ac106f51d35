import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { Owner } from "./owner.ts";

describe("the owner of an unfinished file", () => {
  const owner = new Owner("token");
  const minuteMs = 60_000;

  it("is alive as long as its process", () => {
    const ended = spawnSync(process.execPath, ["-e", ""]).pid;
    expect(owner.isAlive(owner.name, 0, minuteMs)).toBe(true);
    expect(owner.isAlive(`${process.ppid} other ${hostname()}`, 0, minuteMs)).toBe(true);
    expect(owner.isAlive(`${ended} other ${hostname()}`, 0, minuteMs)).toBe(false);
  });

  it("is not taken for a later process with the same id, as in a container that was started again", () => {
    expect(owner.isAlive(`${process.pid} earlier ${hostname()}`, 0, minuteMs)).toBe(false);
  });

  it("on another host is taken to be alive for ten minutes", () => {
    expect(owner.isAlive(`${process.pid} other elsewhere`, 0, 10 * minuteMs)).toBe(true);
    expect(owner.isAlive(`${process.pid} other elsewhere`, 0, 10 * minuteMs + 1)).toBe(false);
  });
});
