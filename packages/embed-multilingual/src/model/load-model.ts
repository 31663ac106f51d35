import { modelInvalid } from "../multilingual-model-error.ts";
import { createKernel, createMemory } from "../network/kernel.ts";
import { Network } from "../network/network.ts";
import { parametersOf } from "../network/parameters.ts";
import { Tokenizer } from "../tokenizer/tokenizer.ts";
import { Turns } from "../turns.ts";
import { MOST_HEADER_BYTES, type ModelHeader, parseHeader, type SectionHeader } from "./model-format.ts";
import { type ModelSource, openSource } from "./model-source.ts";
import { SectionReader } from "./section-reader.ts";
import { unpack } from "./unpack.ts";

/** A model in memory: some 75 MB, outside the JavaScript heap. */
export interface Model {
  readonly header: ModelHeader;
  readonly tokenizer: Tokenizer;
  readonly network: Network;
  readonly memory: WebAssembly.Memory;
}

const ALIGNMENT = 64;
/** Far more than the model takes. */
const MOST_BYTES = 2 ** 28;
const OF_THE_TOKENIZER = ["pieces", "scores", "charsmap"] as const;

/**
 * Reads a model's file, once from its beginning to its end: what is unpacked goes straight to its place. Lets others have
 * their turn meanwhile. Throws a `MultilingualModelError`.
 */
export async function loadModel(source: ModelSource | AsyncGenerator<Uint8Array>): Promise<Model> {
  const reader = new SectionReader(unpack(isStream(source) ? source : openSource(source)));
  try {
    const header = await readHeader(reader);
    const { addresses, bytes } = layOut(header);
    const memory = createMemory(bytes);
    const kernel = await createKernel(memory);
    const forTokenizer = new Map<string, Uint8Array>();
    const turns = new Turns();
    for (const section of header.sections) {
      const at = addresses.get(section.name);
      const target =
        at === undefined ? new Uint8Array(section.bytes) : new Uint8Array(memory.buffer, at, section.bytes);
      await reader.readInto(target, turns);
      if (at === undefined) forTokenizer.set(section.name, target);
    }
    await reader.end();
    const tokenizer = await turns.run(Tokenizer.build(tokenizerFiles(forTokenizer)));
    const parameters = parametersOf(header, (name) => addresses.get(name), memory);
    return { header, tokenizer, memory, network: new Network(header, kernel, parameters) };
  } finally {
    await reader.close();
  }
}

function isStream(source: ModelSource | AsyncGenerator<Uint8Array>): source is AsyncGenerator<Uint8Array> {
  return typeof source === "object" && Symbol.asyncIterator in source;
}

async function readHeader(reader: SectionReader): Promise<ModelHeader> {
  const length = new DataView((await reader.read(4)).buffer).getUint32(0, true);
  if (length > MOST_HEADER_BYTES) throw modelInvalid("it does not begin with a header");
  return parseHeader(await reader.read(length));
}

/** Addresses of the network's sections, and the end of the last. */
function layOut({ sections }: ModelHeader): { addresses: Map<string, number>; bytes: number } {
  const addresses = new Map<string, number>();
  let end = ALIGNMENT;
  for (const { name, bytes } of sections) {
    if (isOfTheTokenizer(name)) continue;
    addresses.set(name, end);
    end = Math.ceil((end + bytes) / ALIGNMENT) * ALIGNMENT;
  }
  if (end > MOST_BYTES) throw modelInvalid(`it asks for ${end} bytes of memory`);
  return { addresses, bytes: end };
}

function isOfTheTokenizer(name: SectionHeader["name"]): boolean {
  return (OF_THE_TOKENIZER as readonly string[]).includes(name);
}

function tokenizerFiles(sections: ReadonlyMap<string, Uint8Array>) {
  const [pieces, scores, charsmap] = OF_THE_TOKENIZER.map((name) => {
    const found = sections.get(name);
    if (found === undefined) throw modelInvalid(`it has no ${name}`);
    return found;
  }) as [Uint8Array, Uint8Array, Uint8Array];
  return { pieces, scores: new Float32Array(scores.buffer), charsmap };
}
