import { create, insertMultiple, search } from "@orama/orama";
import type { BuildPeers, PeerQuery } from "./peer.ts";

/** Orama: words, vectors and both in JavaScript. Its vector search leaves out similarities below 0.8 unless told. */
export const orama: BuildPeers = async ({ texts, vectors }) => {
  const start = performance.now();
  const index = create({ schema: { text: "string", vector: `vector[${vectors.dimensions}]` } as const });
  await insertMultiple(
    index,
    texts.map((text, id) => ({ id: String(id), text, vector: Array.from(vectors.row(id)) })),
    5_000,
  );
  const buildMs = performance.now() - start;
  const byVector = ({ vector }: PeerQuery) => ({
    vector: { value: Array.from(vector), property: "vector" as const },
    similarity: 0,
  });
  const numbers = ({ hits }: { hits: { id: string }[] }) => hits.map(({ id }) => Number(id));
  return [
    {
      name: "Orama, words",
      searches: "words",
      buildMs,
      search: async ({ text }, limit) => numbers(await search(index, { term: text, limit })),
    },
    {
      name: "Orama, vectors",
      searches: "vectors",
      buildMs,
      search: async (query, limit) => numbers(await search(index, { mode: "vector", ...byVector(query), limit })),
    },
    {
      name: "Orama, both",
      searches: "both",
      buildMs,
      search: async (query, limit) =>
        numbers(await search(index, { mode: "hybrid", term: query.text, ...byVector(query), limit })),
    },
  ];
};
