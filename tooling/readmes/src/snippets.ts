export interface Snippet {
  /** Line of the README on which the code begins, from 1. */
  line: number;
  code: string;
  /** False for what needs a server, a key or a download: it is compiled, not run. */
  runs: boolean;
}

/**
 * The TypeScript of a README: every fenced block marked `ts` or `tsx`. A block after an HTML comment
 * `<!-- compile only: why -->` is compiled and not run; one after `<!-- continues -->` belongs to the block before it.
 */
export function snippetsOf(markdown: string): Snippet[] {
  const snippets: Snippet[] = [];
  const lines = markdown.split("\n");
  for (let i = 0; i < lines.length; i++) {
    if (!/^```tsx?\s*$/.test(lines[i] as string)) continue;
    const start = i + 1;
    while (i + 1 < lines.length && lines[i + 1] !== "```") i++;
    const code = lines.slice(start, i + 1).join("\n");
    const comment = before(lines, start - 1);
    const previous = snippets.at(-1);
    if (comment.startsWith("<!-- continues") && previous !== undefined) previous.code += `\n${code}`;
    else snippets.push({ line: start + 1, code, runs: !comment.startsWith("<!-- compile only:") });
    i++;
  }
  return snippets;
}

/** The nearest line above that is not empty. */
function before(lines: readonly string[], fence: number): string {
  for (let i = fence - 1; i >= 0; i--) if (lines[i]?.trim()) return (lines[i] as string).trim();
  return "";
}
