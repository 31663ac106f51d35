import { DatabaseSync } from "node:sqlite";
import type { BuildPeers } from "./peer.ts";

/** SQLite's full-text search in memory, as Node ships it: BM25, any word of the query. */
export const sqliteFts5: BuildPeers = async ({ texts }) => {
  const database = new DatabaseSync(":memory:");
  const start = performance.now();
  database.exec("CREATE VIRTUAL TABLE documents USING fts5(text, content='', columnsize=1); BEGIN");
  const insert = database.prepare("INSERT INTO documents(rowid, text) VALUES (?, ?)");
  for (const [id, text] of texts.entries()) insert.run(id, text);
  database.exec("COMMIT");
  const buildMs = performance.now() - start;
  const select = database.prepare("SELECT rowid FROM documents WHERE documents MATCH ? ORDER BY rank LIMIT ?");
  return [
    {
      name: "SQLite FTS5",
      searches: "words",
      buildMs,
      search: ({ text }, k) => {
        const anyWord = (text.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => `"${word}"`).join(" OR ");
        return select.all(anyWord, k).map(({ rowid }) => Number(rowid));
      },
      close: () => database.close(),
    },
  ];
};
