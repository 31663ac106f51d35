import type { Document } from "@sotto/core";
import { LoadError, loadInWorker } from "@sotto/loaders";
import { badRequest } from "../http/request-error.ts";

/** What a file of a stranger may take. */
const LIMITS = { timeMs: 20_000, memoryMiB: 512, pages: 1_000, documents: 20_000 };

/** An uploaded file as documents: the whole file, or one a page or row; read in a thread of its own. @throws RequestError 400 for what cannot be read */
export async function loadUpload(name: string, bytes: Uint8Array): Promise<Document[]> {
  const { documents } = await loadInWorker(bytes, { name, limits: LIMITS }).catch((cause: unknown) => {
    if (LoadError.isInstance(cause)) throw badRequest(`The file cannot be read. ${name}: ${cause.message}`);
    throw cause;
  });
  if (documents.length === 0) throw badRequest(`${name} holds no text.`);
  return documents;
}
