import type {
  SearchableCandidate,
  SearchableChunk,
  SearchableDocument,
  SearchableList,
  SearchableQuery,
  SearchableStorage,
} from "@sotto/core/storage";
import { checkKey } from "@sotto/core/storage";
import type { TransactionSql } from "postgres";
import type { LogAddress } from "../log/log-address.ts";
import type { StoreSession } from "../postgres-log.ts";
import {
  type CandidateRow,
  chunksStatement,
  conditionsOf,
  nearestStatement,
  type Place,
  type Statement,
  toCandidate,
  wordsStatement,
} from "./candidates.ts";
import { Parameters } from "./filter-sql.ts";
import type { SearchableSchema } from "./searchable-schema.ts";
import { termHash } from "./term-hash.ts";
import { deleteDocuments, writeDocuments } from "./write-documents.ts";

/** Up to so many chunks every vector is looked at. */
const EXACT_CHUNKS = 5_000;

/** How many neighbours HNSW keeps in mind (`hnsw.ef_search`, 1 to 1,000): at least so many, and this times what is wanted. */
const MINIMUM_EF = 400;
const EF_FACTOR = 2;

/** Rows that a scan looks at before it gives up to find more that pass (`hnsw.max_scan_tuples`). */
const SCANNED_ROWS = 100_000;

export interface IndexRow {
  log: number;
  version: number | null;
  documents: number | null;
  chunks: number | null;
  total_length: number | null;
  updated_at: number | null;
  frequencies: number[];
}

/** The documents of indexes in PostgreSQL, searched there by pgvector and by words. */
export function searchableStore(session: StoreSession, schema: SearchableSchema): SearchableStorage {
  const { connections } = session;
  const schemaName = `"${session.statements.schema}"`;

  function addressOf(key: string): LogAddress {
    session.assertOpen();
    checkKey(key);
    return session.addressOf(key);
  }

  /** Runs work in a transaction; its first statement is to enter a project. */
  function within<T>(work: (sql: TransactionSql, at: Pick<Place, "schema" | "vector">) => Promise<T>): Promise<T> {
    return connections.run(async ({ sql }) => {
      const vector = await schema.ready(sql);
      return sql.begin((transaction) => work(transaction, { schema: schemaName, vector })) as Promise<T>;
    });
  }

  async function indexRow(
    sql: TransactionSql,
    address: LogAddress,
    terms: readonly string[],
  ): Promise<IndexRow | undefined> {
    const [row] = await sql<IndexRow[]>`
      SELECT * FROM ${sql(session.statements.schema)}.index_statistics(
        ${address.project}, decode(${address.hash}, 'hex'), ${sql.json(terms.map(termHash))}
      )
    `;
    return row;
  }

  async function candidates(key: string, query: SearchableQuery): Promise<SearchableCandidate[]> {
    const address = addressOf(key);
    return within(async (sql, at) => {
      const row = await indexRow(sql, address, []);
      const chunks = row?.chunks ?? 0;
      if (row === undefined || chunks === 0) return [];
      const place: Place = { ...at, project: address.project, log: row.log };
      const exact = chunks <= EXACT_CHUNKS;
      // One after the other on their way, without waiting for the answers between them.
      const [near, words] = await Promise.all([
        nearest(sql, place, query, exact),
        numbersOf(sql, wordsStatement(place, query)),
      ]);
      // A filter that few pass: the scan gave up before it had enough.
      const isShort = !exact && query.vector !== null && near.length < query.wanted;
      const all = isShort ? await nearest(sql, place, query, true) : near;
      const { text, values } = chunksStatement(place, [...new Set([...all, ...words])]);
      const rows = await sql.unsafe(text, [...values]);
      return rows.map((each) => toCandidate(each as unknown as CandidateRow));
    });
  }

  return {
    async statistics(key, terms) {
      const address = addressOf(key);
      const row = await within((sql) => indexRow(sql, address, terms));
      return {
        version: row?.version ?? 0,
        documents: row?.documents ?? 0,
        chunks: row?.chunks ?? 0,
        totalLength: row?.total_length ?? 0,
        updatedAt: row?.updated_at ?? 0,
        frequencies: row?.frequencies ?? terms.map(() => 0),
      };
    },
    async write(key, write) {
      const address = addressOf(key);
      return writeDocuments({ session, schema, address }, write);
    },
    async delete(key, ids) {
      const address = addressOf(key);
      const result = await deleteDocuments({ session, schema, address }, ids);
      if (result.deleted > 0) await session.vacuum.request();
      return result;
    },
    candidates,
    async list(key, { ids, filter, limit, offset }: SearchableList) {
      const address = addressOf(key);
      return within(async (sql, { schema: S }) => {
        const row = await indexRow(sql, address, []);
        if (row === undefined) return [];
        const parameters = new Parameters();
        const conditions = [conditionsOf({ project: address.project, log: row.log }, filter, parameters)];
        if (ids !== undefined) {
          const wanted = `ANY (ARRAY(SELECT jsonb_array_elements_text(${parameters.json(ids)})))`;
          conditions.push(`(d.id = ${wanted} OR d.parent = ${wanted})`);
        }
        const page = `LIMIT ${parameters.add(limit, "bigint")} OFFSET ${parameters.add(offset, "bigint")}`;
        const rows = await sql.unsafe(
          `SELECT d.number, d.body FROM ${S}.documents d WHERE ${conditions.join(" AND ")} ORDER BY d.number ${page}`,
          parameters.values,
        );
        return rows.map((each) => toChunk(each as unknown as ChunkRow));
      });
    },
  };
}

interface ChunkRow {
  number: number;
  body: string;
}

function toChunk({ number, body }: ChunkRow): SearchableChunk {
  return { number, document: JSON.parse(body) as SearchableDocument };
}

async function nearest(sql: TransactionSql, place: Place, query: SearchableQuery, exact: boolean): Promise<number[]> {
  if (exact) return numbersOf(sql, nearestStatement(place, query, true));
  const ef = Math.min(1_000, Math.max(MINIMUM_EF, query.wanted * EF_FACTOR));
  const answers = await Promise.all([
    // The planner may know nothing of the tables yet, and think that sorting a few rows is quicker.
    sql`
      SELECT set_config('enable_sort', 'off', true), set_config('hnsw.iterative_scan', 'strict_order', true),
        set_config('hnsw.ef_search', ${String(ef)}, true), set_config('hnsw.max_scan_tuples', ${String(SCANNED_ROWS)}, true)
    `,
    numbersOf(sql, nearestStatement(place, query, false)),
    sql`SELECT set_config('enable_sort', 'on', true)`,
  ]);
  return answers[1];
}

async function numbersOf(sql: TransactionSql, statement: Statement | undefined): Promise<number[]> {
  if (statement === undefined) return [];
  const rows = await sql.unsafe(statement.text, [...statement.values]);
  return rows.map((row) => Number((row as { number?: unknown }).number));
}
