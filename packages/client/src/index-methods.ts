import type { AddDocsResult, CreateIndexResult, Sotto } from "@sotto/core";
import type { MethodName } from "./contract/index.ts";
import { documentBatches } from "./document-batches.ts";
import { newId } from "./new-id.ts";
import type { Transport } from "./transport.ts";

type IndexMethods = Pick<
  Sotto,
  | "createIndex"
  | "addDocs"
  | "deleteDocs"
  | "getDocs"
  | "getIndex"
  | "listIndexes"
  | "deleteIndex"
  | "loadIndex"
  | "unloadIndex"
  | "refreshIndex"
  | "query"
>;

/** The methods of `Indexes`. Many documents go in several requests, one after the other. */
export function indexMethods(transport: Transport): IndexMethods {
  const call = <Result>(name: MethodName, args: unknown[], signal?: AbortSignal) =>
    transport.call(name, args, { signal }) as Promise<Result>;
  return {
    async createIndex(name, documents, options) {
      const batches = documentBatches(documents);
      let created: CreateIndexResult | undefined;
      let done = 0;
      for (const batch of batches) {
        const how = created === undefined ? options : { ...options, ifExists: "append" as const };
        created = await call<CreateIndexResult>("createIndex", [name, batch, how], options?.signal);
        done += batch.length;
        options?.onProgress?.({ phase: "write", done, total: documents.length });
      }
      return created as CreateIndexResult;
    },
    addDocs: (name, documents, options) =>
      addInBatches(documents, options, (batch, how) =>
        transport.call("addDocs", [name, batch, how], { signal: options?.signal, idempotent: true }),
      ),
    deleteDocs: (name, ids) => call("deleteDocs", [name, ids]),
    getDocs: (name, options) => call("getDocs", [name, options]),
    getIndex: (name) => call("getIndex", [name]),
    listIndexes: () => call("listIndexes", []),
    deleteIndex: (name) => call("deleteIndex", [name]),
    loadIndex: (name, options) => call("loadIndex", [name, options]),
    unloadIndex: (name) => call("unloadIndex", [name]),
    refreshIndex: (name) => call("refreshIndex", [name]),
    query: (indexes, text, options) => call("query", [indexes, text, options], options?.signal),
  };
}

type Documents = Parameters<Sotto["addDocs"]>[1];
type AddOptions = Parameters<Sotto["addDocs"]>[2];

/** Each request has a key of its own, so that it may be sent again. */
export async function addInBatches(
  documents: Documents,
  options: AddOptions,
  send: (batch: Documents, options: AddOptions) => Promise<unknown>,
): Promise<AddDocsResult> {
  const batches = documentBatches(documents);
  const key = options?.idempotencyKey ?? newId();
  const total: AddDocsResult = { added: 0, updated: 0, version: 0, withoutEmbedding: 0 };
  let done = 0;
  for (const [place, batch] of batches.entries()) {
    const idempotencyKey = batches.length === 1 ? key : `${key}/${place}`;
    const part = (await send(batch, { ...options, idempotencyKey })) as AddDocsResult;
    total.added += part.added;
    total.updated += part.updated;
    total.withoutEmbedding += part.withoutEmbedding;
    total.version = part.version;
    done += batch.length;
    options?.onProgress?.({ phase: "write", done, total: documents.length });
  }
  return total;
}
