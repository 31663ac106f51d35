import type { Document, StoredDocument } from "../documents/index.ts";
import type { Filter } from "../filter/index.ts";
import type { QueryOptions, QueryResult } from "../search/index.ts";
import type {
  AddDocsOptions,
  AddDocsResult,
  CreateIndexOptions,
  CreateIndexResult,
  DeleteDocsOptions,
  DeleteDocsResult,
  GetDocsOptions,
  IndexInfo,
  LoadedIndexInfo,
  LoadIndexOptions,
} from "./index-types.ts";

/** The indexes of one project: documents in, hits out. */
export interface Indexes {
  createIndex(name: string, documents: readonly Document[], options?: CreateIndexOptions): Promise<CreateIndexResult>;
  addDocs(name: string, documents: readonly Document[], options?: AddDocsOptions): Promise<AddDocsResult>;
  /**
   * What is deleted is found no more; its text stays in the history until that is compacted, as does the text of a document
   * that `addDocs` replaces. With `erase` it leaves the disk before the call resolves.
   */
  deleteDocs(
    name: string,
    ids: readonly string[] | { filter: Filter },
    options?: DeleteDocsOptions,
  ): Promise<DeleteDocsResult>;
  getDocs(name: string, options?: GetDocsOptions): Promise<StoredDocument[]>;
  getIndex(name: string): Promise<IndexInfo>;
  listIndexes(): Promise<IndexInfo[]>;
  /** Answers whether it existed. */
  deleteIndex(name: string): Promise<boolean>;
  loadIndex(name: string, options?: LoadIndexOptions): Promise<LoadedIndexInfo>;
  unloadIndex(name: string): Promise<boolean>;
  /** Catches up with other processes' writes. */
  refreshIndex(name: string): Promise<IndexInfo>;
  query(indexes: string | readonly string[], text: string, options?: QueryOptions): Promise<QueryResult>;
}
