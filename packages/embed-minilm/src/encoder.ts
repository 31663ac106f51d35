import { Tokenizer } from "@huggingface/tokenizers";
import { readPackagedModel } from "./packaged-model.ts";
import { openRuntime, type RuntimeChoice } from "./runtime/open-runtime.ts";
import { openSession } from "./runtime/session.ts";

/** Values of a token's state. */
export const STATE_DIMENSIONS = 384;
/** Tokens, special ones included, after which a text is cut: what the model was trained on. */
export const MAX_TOKENS = 256;

/** No token of a real text is longer on average, and tokenizing what will be cut off anyway can take long. */
const CHARS_A_TOKEN = 64;
const UNKNOWN = "[UNK]";

/** What the model makes of a text. */
export interface Encoded {
  /** The first and the last are the special ones. Pieces that continue a word begin with `##`. */
  readonly tokens: readonly string[];
  /** `STATE_DIMENSIONS` values a token. */
  readonly states: Float32Array;
}

/** Tokenizer and graph in memory. */
export interface Encoder {
  /** 384 x 128, row-major: see `project`. */
  readonly directions: Float32Array;
  /** Runs one text; null for a text in which the model knows no token. */
  encode(text: string): Promise<Encoded | null>;
  /** The same; asked for the last query again, for its vector and its tokens, it does not run anew. */
  encodeQuery(text: string): Promise<Encoded | null>;
  release(): Promise<void>;
}

/** Loads the packaged model. */
export async function loadEncoder(choice: RuntimeChoice): Promise<Encoder> {
  const [runtime, files] = await Promise.all([openRuntime(choice), readPackagedModel()]);
  const session = await openSession(runtime, files.graph);
  const tokenizer = new Tokenizer(json(files.tokenizer), json(files.tokenizerConfig));
  const encode = async (text: string): Promise<Encoded | null> => {
    const { ids, tokens } = cut(tokenizer.encode(text.slice(0, MAX_TOKENS * CHARS_A_TOKEN)));
    if (!tokens.slice(1, -1).some((token) => token !== UNKNOWN)) return null;
    return { tokens, states: await session.run(ids) };
  };
  let last: { text: string; encoded: Encoded | null } | undefined;
  return {
    directions: float32(files.directions),
    encode,
    async encodeQuery(text) {
      if (last?.text !== text) last = { text, encoded: await encode(text) };
      return last.encoded;
    },
    release: () => session.release(),
  };
}

function cut({ ids, tokens }: { ids: number[]; tokens: string[] }): { ids: number[]; tokens: string[] } {
  if (ids.length <= MAX_TOKENS) return { ids, tokens };
  const both = <Item>(items: Item[]) => [...items.slice(0, MAX_TOKENS - 1), ...items.slice(-1)];
  return { ids: both(ids), tokens: both(tokens) };
}

function json(bytes: Uint8Array): object {
  return JSON.parse(new TextDecoder().decode(bytes));
}

function float32(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
}
