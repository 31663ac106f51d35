import type { SearchableCandidate, SearchableQuery } from "@sotto/core/storage";
import { filterSql, Parameters } from "./filter-sql.ts";
import { unpackVector } from "./packed-vector.ts";
import { termHash } from "./term-hash.ts";

/** Postings that are scored for one query, about: those of its rarest terms. The engine then scores by all of them. */
const SCORED_POSTINGS = 50_000;

export interface CandidateRow {
  number: number;
  body: string;
  vector: Buffer | null;
}

export interface Statement {
  text: string;
  values: readonly string[];
}

/** Where an index's rows are. */
export interface Place {
  /** Schemas of the tables and of the extension, quoted. */
  schema: string;
  vector: string;
  project: string;
  log: number;
}

/** The numbers of the nearest chunks: by the HNSW index, or by looking at each of the index's vectors. */
export function nearestStatement(
  place: Place,
  { vector, wanted, filter }: SearchableQuery,
  exact: boolean,
): Statement | undefined {
  if (vector === null) return undefined;
  const { schema: S, vector: V } = place;
  const parameters = new Parameters();
  const length = Math.trunc(vector.length);
  const passes = conditionsOf(place, filter, parameters);
  const question = parameters.add(`[${vector.join(",")}]`, `${V}.halfvec(${length})`);
  const distance = `d.embedding::${V}.halfvec(${length}) OPERATOR(${V}.<#>) ${question}`;
  return {
    // A sum is nothing that the index is ordered by.
    text: `
      SELECT d.number FROM ${S}.documents d WHERE ${passes} AND d.dimensions = ${length}
      ORDER BY ${exact ? `(${distance}) + 0` : distance} LIMIT ${parameters.add(wanted, "bigint")}
    `,
    values: parameters.values,
  };
}

/** The numbers of the best chunks by BM25 among those that hold one of the query's rarest terms. */
export function wordsStatement(place: Place, query: SearchableQuery): Statement | undefined {
  const lookups = rarest(query.terms);
  if (lookups.length === 0) return undefined;
  const { schema: S, project, log } = place;
  const parameters = new Parameters();
  const asked = lookups.map(({ term, weight }) => `(${termHash(term)}, ${literal(weight)})`).join(", ");
  const of = `p.project = ${parameters.add(project, "text")} AND p.log = ${parameters.add(log, "bigint")}`;
  const filtered =
    query.filter === undefined
      ? ""
      : `JOIN ${S}.documents d ON ${conditionsOf(place, query.filter, parameters)} AND d.number = scored.number`;
  return {
    text: `
      SELECT scored.number FROM (
        SELECT held.number, sum(${bm25Sql(query)}) AS score
        FROM (VALUES ${asked}) AS asked (term, weight) CROSS JOIN LATERAL (
          SELECT p.number, p.frequency, p.norm_length FROM ${S}.postings p
          WHERE ${of} AND p.term = asked.term LIMIT ${SCORED_POSTINGS}
        ) AS held
        GROUP BY held.number
      ) AS scored ${filtered}
      ORDER BY scored.score DESC, scored.number LIMIT ${parameters.add(query.wanted, "bigint")}
    `,
    values: parameters.values,
  };
}

/** The chunks with these numbers. */
export function chunksStatement(place: Place, numbers: readonly number[]): Statement {
  const parameters = new Parameters();
  const of = conditionsOf(place, undefined, parameters);
  const wanted = `ARRAY(SELECT jsonb_array_elements_text(${parameters.json(numbers)})::bigint)`;
  return {
    text: `SELECT d.number, d.body, d.vector FROM ${place.schema}.documents d WHERE ${of} AND d.number = ANY (${wanted})`,
    values: parameters.values,
  };
}

export function toCandidate({ number, body, vector }: CandidateRow): SearchableCandidate {
  return { number, document: JSON.parse(body), vector: vector === null ? undefined : unpackVector(vector) };
}

/** What holds for the rows of an index that pass a filter, `d` being the document. */
export function conditionsOf(
  { project, log }: Pick<Place, "project" | "log">,
  filter: SearchableQuery["filter"],
  parameters: Parameters,
): string {
  const of = `d.project = ${parameters.add(project, "text")} AND d.log = ${parameters.add(log, "bigint")}`;
  return filter === undefined ? of : `${of} AND ${filterSql(filter, parameters)}`;
}

/** Terms that are looked up: the rarest, as many as there is time for, and one at least. */
function rarest(terms: SearchableQuery["terms"]): SearchableQuery["terms"] {
  const held = terms.filter(({ frequency }) => frequency > 0).toSorted((a, b) => a.frequency - b.frequency);
  let postings = 0;
  return held.filter(({ frequency }, i) => {
    postings += frequency;
    return i === 0 || postings <= SCORED_POSTINGS;
  });
}

/** What a posting adds to its chunk's score. The numbers are this program's own: they stand in the statement as they are. */
function bm25Sql({ k1, b, averageLength }: SearchableQuery): string {
  const norm = `${literal(k1 * (1 - b))} + ${literal((k1 * b) / averageLength)} * held.norm_length`;
  return `asked.weight * held.frequency / (held.frequency + ${norm})`;
}

function literal(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`${value} cannot stand in a statement`);
  return `${value}::double precision`;
}
