import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";

export interface FrontMatter {
  metadata: Record<string, unknown>;
  /** Where the text begins. */
  end: number;
  /** What it is not, when it could not be read. */
  broken?: "YAML" | "TOML";
}

const NONE: FrontMatter = { metadata: {}, end: 0 };

/** YAML between lines `---`, or TOML between lines `+++`, at the very beginning. */
export function frontMatter(text: string): FrontMatter {
  const fence = text.startsWith("---") ? "---" : text.startsWith("+++") ? "+++" : undefined;
  if (fence === undefined) return NONE;
  const lineEnd = text.indexOf("\n");
  if (lineEnd < 0 || text.slice(0, lineEnd).trimEnd() !== fence) return NONE;
  for (let start = lineEnd + 1; start < text.length; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end).trimEnd();
    if (line === fence || (fence === "---" && line === "...")) {
      return read(text.slice(lineEnd + 1, start), fence, Math.min(text.length, end + 1));
    }
    start = end + 1;
  }
  return NONE;
}

function read(source: string, fence: "---" | "+++", end: number): FrontMatter {
  try {
    const value: unknown =
      fence === "+++" ? parseToml(source) : parseYaml(source, { uniqueKeys: false, logLevel: "error" });
    if (value === null) return { metadata: {}, end };
    if (typeof value === "object" && !Array.isArray(value)) return { metadata: value as Record<string, unknown>, end };
    // Two rules around something that is no fields are Markdown like any other.
    return NONE;
  } catch {
    return { ...NONE, ...(/^[\w-]+\s*[:=]/m.test(source) ? { broken: fence === "+++" ? "TOML" : "YAML" } : {}) };
  }
}
