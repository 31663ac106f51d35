// Pins what every package exports, as it is now: run it when a change of the surface is meant.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { packageFolders, pinnedFile, surfaceOf } from "./surface.ts";

for (const folder of packageFolders()) {
  mkdirSync(dirname(pinnedFile(folder)), { recursive: true });
  writeFileSync(pinnedFile(folder), surfaceOf(folder));
}
