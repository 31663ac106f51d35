import MiniSearch from "minisearch";
import type { BuildPeers } from "./peer.ts";

/** minisearch: BM25+ in JavaScript, any word of the query. */
export const miniSearch: BuildPeers = async ({ texts }) => {
  const start = performance.now();
  const index = new MiniSearch<{ id: number; text: string }>({ fields: ["text"] });
  await index.addAllAsync(texts.map((text, id) => ({ id, text })));
  return [
    {
      name: "minisearch, BM25+",
      searches: "words",
      buildMs: performance.now() - start,
      search: ({ text }, k) =>
        index
          .search(text)
          .slice(0, k)
          .map((hit) => hit.id as number),
    },
  ];
};
