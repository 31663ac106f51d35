/** Precision of a model's weights. Each is a file of its own in the model's `onnx` folder, and not every model has all. */
export type Dtype = "fp32" | "fp16" | "q8" | "int8" | "uint8" | "q4" | "q4f16" | "bnb4";

const suffixes: Record<Dtype, string> = {
  fp32: "",
  fp16: "_fp16",
  q8: "_quantized",
  int8: "_int8",
  uint8: "_uint8",
  q4: "_q4",
  q4f16: "_q4f16",
  bnb4: "_bnb4",
};

export const dtypes = Object.keys(suffixes) as readonly Dtype[];

/** The files of a model in the layout of the hub, relative to its folder. */
export function modelFiles(dtype: Dtype): readonly string[] {
  return ["config.json", "tokenizer.json", "tokenizer_config.json", `onnx/model${suffixes[dtype]}.onnx`];
}
