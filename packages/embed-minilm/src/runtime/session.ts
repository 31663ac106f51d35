import type { Runtime } from "./runtime.ts";

/** The graph in memory. */
export interface Session {
  /** The last hidden state of each token of one text, one after the other. */
  run(ids: readonly number[]): Promise<Float32Array>;
  release(): Promise<void>;
}

export async function openSession({ name, onnx }: Runtime, graph: Uint8Array): Promise<Session> {
  // One thread: two are erratic on a busy machine, and gain little on a short text.
  const session = await onnx.InferenceSession.create(graph, {
    executionProviders: [name === "native" ? "cpu" : "wasm"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: "sequential",
  });
  return {
    async run(ids) {
      const tensor = (values: BigInt64Array) => new onnx.Tensor("int64", values, [1, ids.length]);
      const outputs = await session.run({
        input_ids: tensor(BigInt64Array.from(ids, BigInt)),
        attention_mask: tensor(new BigInt64Array(ids.length).fill(1n)),
        token_type_ids: tensor(new BigInt64Array(ids.length)),
      });
      const states = outputs.last_hidden_state;
      if (states === undefined) throw new Error("the model gives no last_hidden_state");
      return states.data as Float32Array;
    },
    async release() {
      await session.release();
    },
  };
}
