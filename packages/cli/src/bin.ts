#!/usr/bin/env node
// Before anything is loaded that an older Node does not have.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 13)) {
  void import("./main.ts");
} else {
  process.stderr.write(`error: sotto needs Node 22.13 or later, and this is Node ${process.versions.node}.\n`);
  process.exitCode = 2;
}
