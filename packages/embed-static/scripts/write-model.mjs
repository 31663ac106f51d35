#!/usr/bin/env node
// Writes the four files of a model into the JavaScript module that the package ships, model/<id>.js.
//
//   node scripts/write-model.mjs FOLDER     a folder with vocab.txt, vectors.i8, scales.f32 and meta.json
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeModelModule } from "@sotto-internal/embedding/write-model-module";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: node scripts/write-model.mjs FOLDER");

const read = (file) => readFileSync(join(folder, file));
const meta = JSON.parse(read("meta.json"));
writeModelModule(fileURLToPath(new URL(`../model/${meta.id}.js`, import.meta.url)), "@sotto/embed-static", meta.id, {
  meta: Buffer.from(JSON.stringify(meta)),
  vocab: read("vocab.txt"),
  scales: read("scales.f32"),
  vectors: read("vectors.i8"),
});
