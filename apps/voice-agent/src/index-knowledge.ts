// Reads the Markdown files of KNOWLEDGE_DIR into the knowledge base. Run it again when they change: a running worker
// sees the new version by itself.
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Document } from "@sotto/core";
import { KNOWLEDGE_INDEX, openSotto } from "./open-sotto.ts";
import { readSettings, type Settings } from "./settings.ts";

export async function indexKnowledge(settings: Settings): Promise<{ docCount: number; chunkCount: number }> {
  const sotto = await openSotto(settings);
  try {
    return await sotto.createIndex(KNOWLEDGE_INDEX, await readDocuments(settings.KNOWLEDGE_DIR), {
      chunking: { by: "heading" },
      ifExists: "replace",
    });
  } finally {
    await sotto.close();
  }
}

async function readDocuments(dir: string): Promise<Document[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith(".md")).sort();
  if (names.length === 0) throw new Error(`There is no Markdown file in ${dir} (KNOWLEDGE_DIR).`);
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(dir, name), "utf8");
      const id = basename(name, ".md");
      return { id, text, metadata: { title: /^#\s+(.+)$/m.exec(text)?.[1] ?? id } };
    }),
  );
}

if (import.meta.main) {
  const settings = readSettings();
  const { docCount, chunkCount } = await indexKnowledge(settings);
  console.log(
    `${docCount} documents, ${chunkCount} sections, from ${settings.KNOWLEDGE_DIR} into ${settings.SOTTO_STORE}`,
  );
}
