import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Writes a model's parts into one JavaScript module, in base64, a line each: what `modelModule` reads. `parts` maps names to
 * Buffers.
 */
export function writeModelModule(target, packageName, id, parts) {
  const lines = Object.entries(parts).map(([name, bytes]) => `export const ${name} = "${bytes.toString("base64")}";\n`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `// ${packageName} ${id}, written by a script: do not edit\n${lines.join("")}`);
}
