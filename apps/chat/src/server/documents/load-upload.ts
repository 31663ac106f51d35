import type { Document } from "@sotto/core";
import { LoadError, load } from "@sotto/loaders";
import { badRequest } from "../http/request-error.ts";

/** An uploaded file as documents: the whole file, or one a page or row. @throws RequestError 400 for what cannot be read */
export async function loadUpload(name: string, bytes: Uint8Array): Promise<Document[]> {
  const { documents } = await load(bytes, { name }).catch((cause: unknown) => {
    if (LoadError.isInstance(cause)) throw badRequest(`The file cannot be read. ${name}: ${cause.message}`);
    throw cause;
  });
  if (documents.length === 0) throw badRequest(`${name} holds no text.`);
  return documents;
}
