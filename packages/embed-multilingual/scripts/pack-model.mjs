// Packs the model's plain arrays into model/use-multilingual-v3.js, the one file that this package ships.
//
//   node scripts/pack-model.mjs <folder with pieces.txt, scores.f32, charsmap.bin, table.u8, weights.f32, meta.json>
//
// The file is a module that exports, in base64, a gzip stream of a header and of sections one after the other, as src/model/model-format.ts says. Three
// things make it small without changing a value: the matrices are eight-bit values in disguise (each is a whole number
// from -127 to 127 times one scale), the rows of the table are sorted by their scale, so that rows of the same spread
// lie together, and gzip does the rest, by Huffman codes alone: numbers like these repeat nothing (a tenth smaller).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gzipSync } from "node:zlib";
import { writeModelModule } from "@sotto-internal/embedding/write-model-module";

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: node scripts/pack-model.mjs <folder of the model>");
const id = "use-multilingual-v3";
const target = fileURLToPath(new URL(`../model/${id}.js`, import.meta.url));

const meta = JSON.parse(read("meta.json").toString("utf8"));
const { pieces: rows, dimensions, chunks } = meta;
const weights = floats(read("weights.f32"));
const tensors = new Map(
  meta.tensors.map(({ name, shape, offset }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return [name, { shape, values: weights.subarray(offset, offset + size) }];
  }),
);

// One layer norm goes over the three stacks together.
for (const [name, short] of [
  ["ln_stacks_gain", "ln_g"],
  ["ln_stacks_offset", "ln_b"],
]) {
  const parts = [2, 3, 5].map((order) => tensors.get(`${short}${order}`).values);
  for (const order of [2, 3, 5]) tensors.delete(`${short}${order}`);
  tensors.set(name, { shape: [768], values: Float32Array.from(parts.flatMap((part) => [...part])) });
}

const sections = [
  { name: "pieces", bytes: read("pieces.txt") },
  { name: "scores", bytes: read("scores.f32") },
  { name: "charsmap", bytes: read("charsmap.bin") },
];
for (const [name, { shape, values }] of tensors) {
  if (shape.length === 1) sections.push({ name, shape, bytes: Buffer.from(values.slice().buffer) });
  else sections.push({ name, shape, ...matrix(name, shape, values) });
}
sections.push({ name: "table", bytes: tableByScale(read("table.u8")) });

const header = Buffer.from(
  JSON.stringify({
    format: 1,
    id,
    rows,
    dimensions,
    chunks,
    epsilon: meta.epsilon,
    sections: sections.map(({ name, shape, bytes, scale }) => ({ name, bytes: bytes.length, shape, scale })),
  }),
);
const length = Buffer.alloc(4);
length.writeUInt32LE(header.length);
const packed = gzipSync(Buffer.concat([length, header, ...sections.map(({ bytes }) => bytes)]), {
  memLevel: 9,
  strategy: constants.Z_HUFFMAN_ONLY,
});
writeModelModule(target, "@sotto/embed-multilingual", id, { model: packed });
console.log(`${target}: ${packed.length} bytes`);

/**
 * A matrix of `inputs` x `outputs`, as int8 in the order in which the kernel reads it: eight columns at a time, two
 * inputs at a time, and of these the two inputs of each column side by side.
 */
function matrix(name, [inputs, outputs], values) {
  const scale = scaleOf(name, values);
  const bytes = Buffer.alloc(inputs * outputs);
  let at = 0;
  for (let block = 0; block < outputs; block += 8)
    for (let input = 0; input < inputs; input += 2)
      for (let column = block; column < block + 8; column++)
        for (let side = 0; side < 2; side++)
          bytes.writeInt8(Math.round(values[(input + side) * outputs + column] / scale), at++);
  return { bytes, scale };
}

/** The scale of which every value is a multiple. */
function scaleOf(name, values) {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const scale = largest / 127;
  for (const value of values) {
    const multiple = value / scale;
    if (Math.abs(multiple - Math.round(multiple)) > 1e-3)
      throw new Error(`${name}: ${value} is no multiple of ${scale}`);
  }
  return scale;
}

/** Row p of the table has scale p % chunks: those of scale 0 first, then those of scale 1, and so on. */
function tableByScale(table) {
  const sorted = Buffer.alloc(table.length);
  let at = 0;
  for (let chunk = 0; chunk < chunks; chunk++)
    for (let row = chunk; row < rows; row += chunks, at += dimensions)
      table.copy(sorted, at, row * dimensions, (row + 1) * dimensions);
  return sorted;
}

function read(file) {
  return readFileSync(join(folder, file));
}

function floats(bytes) {
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
