import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The Markdown of the npm packages that are installed here, each text once: real text that everybody has. */
export function installedMarkdown(mostFiles: number): { id: string; text: string }[] {
  const modules = fileURLToPath(new URL("../../../../node_modules/.pnpm", import.meta.url));
  const seen = new Set<string>();
  const files: { id: string; text: string }[] = [];
  for (const path of globSync("*/node_modules/**/*.md", { cwd: modules }).sort()) {
    if (files.length === mostFiles) break;
    const text = readFileSync(`${modules}/${path}`, "utf8").slice(0, 100_000);
    if (text.trim() === "" || seen.has(text)) continue;
    seen.add(text);
    files.push({ id: `file-${files.length}`, text });
  }
  return files;
}
