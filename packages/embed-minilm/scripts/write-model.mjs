#!/usr/bin/env node
// Writes a model into the JavaScript module that the package ships, model/all-minilm-l6-v2.js.
//
//   node scripts/write-model.mjs FOLDER     a folder in the layout of the hub, with token-directions.f32
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { writeModelModule } from "@sotto-internal/embedding/write-model-module";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Usage: node scripts/write-model.mjs FOLDER");

const ID = "all-minilm-l6-v2";
const read = (file) => readFileSync(join(folder, file));
const json = (file) => Buffer.from(JSON.stringify(JSON.parse(read(file))));
const packed = (bytes) => gzipSync(bytes, { level: 9 });
writeModelModule(fileURLToPath(new URL(`../model/${ID}.js`, import.meta.url)), "@sotto/embed-minilm", ID, {
  tokenizer: packed(json("tokenizer.json")),
  tokenizerConfig: packed(json("tokenizer_config.json")),
  directions: packed(read("token-directions.f32")),
  graph: packed(read("onnx/model_quantized.onnx")),
});
