#!/usr/bin/env node
// Writes the four files of a model into one JavaScript module, model/<id>.js, which is what the package ships: bundlers
// take a module along wherever the code goes, and a file beside the code they do not.
//
//   node scripts/write-model.mjs FOLDER     a folder with vocab.txt, vectors.i8, scales.f32 and meta.json
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: node scripts/write-model.mjs FOLDER");

const read = (file) => readFileSync(join(folder, file));
const meta = JSON.parse(read("meta.json"));
const parts = {
  meta: Buffer.from(JSON.stringify(meta)),
  vocab: read("vocab.txt"),
  scales: read("scales.f32"),
  vectors: read("vectors.i8"),
};
const lines = Object.entries(parts).map(([name, bytes]) => `export const ${name} = "${bytes.toString("base64")}";\n`);
const target = new URL(`../model/${meta.id}.js`, import.meta.url);
writeFileSync(target, `// @sotto/embed-static ${meta.id}, by scripts/write-model.mjs\n${lines.join("")}`);
process.stdout.write(`${target.pathname}\n`);
