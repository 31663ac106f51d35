import { PackageMissingError } from "./package-missing-error.ts";

export type Transformers = typeof import("@huggingface/transformers");

/** Loads transformers.js on first use: it is an optional peer, and large. Throws `PackageMissingError`. */
export async function importTransformers(): Promise<Transformers> {
  try {
    return await import("@huggingface/transformers");
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    const notFound = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
    const absent = notFound && String(message).includes("@huggingface/transformers'");
    throw new PackageMissingError(absent ? "is not installed" : `cannot be loaded (${String(message)})`, error);
  }
}
