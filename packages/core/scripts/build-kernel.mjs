// Compiles kernel/index.ts (AssemblyScript) into src/engine/kernel/generated/{simd,relaxed-simd}.ts, which export the
// WebAssembly binary as base64.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = fileURLToPath(new URL("../src/engine/kernel/generated/", import.meta.url));

const variants = [
  { file: "simd.ts", name: "simdBase64", features: ["simd"] },
  { file: "relaxed-simd.ts", name: "relaxedSimdBase64", features: ["simd", "relaxed-simd"] },
];

async function compile(features) {
  let binary;
  const { error, stderr } = await asc.main(
    [
      "kernel/index.ts",
      ...["--baseDir", root, "--outFile", "kernel.wasm"],
      ...["-O3", "--converge", "--noAssert", "--runtime", "stub", "--importMemory", "--use", "abort="],
      ...features.flatMap((feature) => ["--enable", feature]),
    ],
    {
      writeFile: (_name, contents) => {
        binary = contents;
      },
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return binary;
}

await mkdir(target, { recursive: true });
for (const { file, name, features } of variants) {
  const binary = await compile(features);
  const base64 = Buffer.from(binary).toString("base64");
  await writeFile(
    `${target}${file}`,
    `// Generated from kernel/*.ts by scripts/build-kernel.mjs.\nexport const ${name} =\n  "${base64}";\n`,
  );
  console.log(`${file}: ${binary.length} bytes`);
}
