import { SottoError } from "@sotto/core";

/** `@huggingface/transformers`, an optional peer of this package, is not installed or cannot be loaded. */
export class PackageMissingError extends SottoError {
  constructor(reason: string, cause: unknown) {
    super(
      "embedding.package_missing",
      `@huggingface/transformers ${reason}. Install it with: npm install @huggingface/transformers (where the network ` +
        "is closed to install scripts: ONNXRUNTIME_NODE_INSTALL=skip npm install @huggingface/transformers).",
      { package: "@huggingface/transformers" },
      { cause },
    );
  }

  static override isInstance(error: unknown): error is PackageMissingError {
    return SottoError.isInstance(error) && error.code === "embedding.package_missing";
  }
}
