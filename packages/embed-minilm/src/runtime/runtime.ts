/** What is used of ONNX Runtime; its packages for Node and for the web have it in common. */
export type Onnx = Pick<typeof import("onnxruntime-node"), "InferenceSession" | "Tensor">;

export interface Runtime {
  readonly name: "native" | "wasm";
  readonly onnx: Onnx;
}
