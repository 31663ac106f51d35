import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Document } from "@sotto/core";
import { loadPath } from "sotto";
import { badRequest } from "../http/request-error.ts";

/** An uploaded file as documents: the whole file, or one a page or row. @throws RequestError 400 for what cannot be read */
export async function loadUpload(name: string, bytes: Uint8Array): Promise<Document[]> {
  const folder = await mkdtemp(join(tmpdir(), "sotto-upload-"));
  try {
    const path = join(folder, name);
    await writeFile(path, bytes);
    const documents = await loadPath(path).catch((cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw badRequest(`The file cannot be read. ${reason.replaceAll(folder, "").replace(/^\//, "")}`);
    });
    if (documents.length === 0) throw badRequest(`${name} holds no text.`);
    return documents;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
