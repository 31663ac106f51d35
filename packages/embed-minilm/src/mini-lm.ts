import { ClosedError, type Embedder, EmbeddingFailedError, InvalidArgumentError, SottoError } from "@sotto/core";
import { createRunQueue, nextTurn, untilAborted } from "@sotto-internal/embedding";
import type { EncodeAll } from "./encode-all.ts";
import { type Encoded, type Encoder, STATE_DIMENSIONS } from "./encoder.ts";
import { meanVector } from "./mean-vector.ts";
import type { RuntimeChoice } from "./runtime/open-runtime.ts";
import { shareEncoder } from "./shared-encoder.ts";
import { tokenStates } from "./token-states.ts";

export interface MiniLMOptions {
  /**
   * What runs the model. Default `auto`: the native `onnxruntime-node` where it is installed, else WebAssembly, which is
   * inside this package and takes some four times as long.
   */
  runtime?: RuntimeChoice;
}

/** An `Embedder` with token states, that can always be prewarmed and disposed of. */
export type MiniLM = Embedder & Required<Pick<Embedder, "defaultAlpha" | "tokens" | "prewarm" | "dispose">>;

/** Model and precision; the weights are part of the package. */
const ID = "all-MiniLM-L6-v2-int8";
const RUNTIMES: readonly RuntimeChoice[] = ["auto", "native", "wasm"];

/**
 * all-MiniLM-L6-v2 with its weights (int8) inside the package: English, 384 dimensions, a few milliseconds a query.
 *
 * The model is loaded on first use and shared by all instances. Texts are run one at a time, so that a text's vector depends
 * on nothing but the text; a query overtakes documents that wait. Errors: `InvalidArgumentError` at once for a bad option;
 * from `embed` and `prewarm` `EmbeddingFailedError` where the model cannot be loaded, and `ClosedError` after `dispose`.
 *
 * @example
 * const embedder = miniLM();
 * const [vector] = await embedder.embed(["How do I get a refund?"], { kind: "query" });
 */
export function miniLM(options: MiniLMOptions = {}): MiniLM {
  const { runtime = "auto" } = options;
  if (!RUNTIMES.includes(runtime))
    throw new InvalidArgumentError("runtime", `${JSON.stringify(runtime)} is not one of ${RUNTIMES.join(", ")}`);
  const share = shareEncoder(runtime);
  const queue = createRunQueue();
  let disposing: Promise<void> | undefined;

  function assertOpen(): void {
    if (disposing !== undefined) throw new ClosedError(`The embedder "${ID}"`);
  }

  async function load(): Promise<Encoder> {
    assertOpen();
    try {
      return await share.encoder();
    } catch (error) {
      if (SottoError.isInstance(error)) throw error;
      throw new EmbeddingFailedError(ID, `its model cannot be loaded: ${(error as Error).message}`);
    }
  }

  const encodeAll: EncodeAll = async (texts, kind, signal, read) => {
    signal?.throwIfAborted();
    assertOpen();
    const run = async () => {
      const encoder = await load();
      const results: ReturnType<typeof read>[] = [];
      for (const text of texts) {
        const encoded = await queue.run(async () => {
          signal?.throwIfAborted();
          assertOpen();
          return await (kind === "query" ? encoder.encodeQuery(text) : encoder.encode(text));
        }, kind === "query");
        results.push(read(encoded, encoder));
        // WebAssembly runs in this thread.
        if (kind === "document") await nextTurn();
      }
      return results;
    };
    return texts.length === 0 ? [] : await untilAborted(run(), signal);
  };

  return {
    id: ID,
    dimensions: STATE_DIMENSIONS,
    calibration: { low: 0, high: 1 },
    defaultAlpha: 0.3,
    embedsNames: false,
    embed: (texts, { kind, signal }) => encodeAll(texts, kind, signal, vectorOf),
    tokens: tokenStates(ID, encodeAll),
    async prewarm() {
      await encodeAll(["warm"], "query", undefined, vectorOf);
    },
    dispose() {
      disposing ??= queue.run(() => share.release());
      return disposing;
    },
  };
}

function vectorOf(encoded: Encoded | null): Float32Array | null {
  return encoded === null ? null : meanVector(encoded.states, STATE_DIMENSIONS);
}
