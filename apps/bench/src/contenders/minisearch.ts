import MiniSearch from "minisearch";

/** minisearch, the most used in-process full-text search in JavaScript: BM25+, any word of the query. */
export function miniSearch(texts: readonly string[]): (query: string, k: number) => string[] {
  const index = new MiniSearch<{ id: string; text: string }>({ fields: ["text"] });
  index.addAll(texts.map((text, i) => ({ id: `doc-${i}`, text })));
  return (query, k) =>
    index
      .search(query)
      .slice(0, k)
      .map((hit) => hit.id as string);
}
