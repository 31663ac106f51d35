// Compiles kernel/index.ts (AssemblyScript) into src/network/generated/kernel.ts, which exports the WebAssembly binary
// as base64.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = fileURLToPath(new URL("../src/network/generated/", import.meta.url));

let binary;
const { error, stderr } = await asc.main(
  [
    "kernel/index.ts",
    ...["--baseDir", root, "--outFile", "kernel.wasm"],
    ...[
      "-O3",
      "--converge",
      "--noAssert",
      "--runtime",
      "stub",
      "--importMemory",
      "--use",
      "abort=",
      "--enable",
      "simd",
    ],
  ],
  {
    writeFile: (_name, contents) => {
      binary = contents;
    },
  },
);
if (error) throw new Error(`${error.message}\n${stderr.toString()}`);

const base64 = Buffer.from(binary).toString("base64");
await mkdir(target, { recursive: true });
await writeFile(
  `${target}kernel.ts`,
  `// Generated from kernel/*.ts by scripts/build-kernel.mjs.\nexport const kernelBase64 =\n  "${base64}";\n`,
);
console.log(`kernel.ts: ${binary.length} bytes`);
