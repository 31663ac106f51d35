import type { Hit, QueryResult } from "@sotto/core";
import { printable } from "../terminal/printable.ts";
import type { Terminal } from "../terminal/terminal.ts";

const SNIPPET_CHARS = 240;

/** Hits for people: score, where it stands, the beginning of the text; and the time it took. */
export function printHits(result: QueryResult, terminal: Terminal): void {
  const { dim } = terminal.outColors;
  const several = new Set(result.hits.map((hit) => hit.index)).size > 1;
  for (const [position, hit] of result.hits.entries()) printHit(position + 1, hit, several, terminal);
  if (result.hits.length === 0) terminal.out("No hits.");
  terminal.out(dim(`embed ${result.embedMs.toFixed(2)} ms, search ${result.searchMs.toFixed(2)} ms`));
}

function printHit(rank: number, hit: Hit, several: boolean, { out, outColors }: Terminal): void {
  const { bold, cyan, dim, green } = outColors;
  const where = printable(several ? `${hit.index}/${hit.id}` : hit.id);
  const title = hit.title === undefined ? "" : `  ${dim(printable(hit.title))}`;
  out(`${bold(`${rank}.`)} ${green(hit.score.toFixed(3))}  ${cyan(where)}${title}`);
  out(`   ${snippet(hit.text)}`);
  if (hit.explain !== undefined) {
    const { alpha, dense, sparse, bm25, cosine, matchedTerms } = hit.explain;
    const cosineText = cosine === undefined ? "no vector" : `cosine ${cosine.toFixed(3)}`;
    out(
      dim(
        `   ${alpha} × dense ${dense.toFixed(3)} (${cosineText}) + ${Number((1 - alpha).toFixed(3))} × sparse ${sparse.toFixed(3)} (BM25 ${bm25.toFixed(2)}: ${printable(matchedTerms.join(" ")) || "no words"})`,
      ),
    );
  }
  out("");
}

function snippet(text: string): string {
  const line = printable(text).trim();
  return line.length <= SNIPPET_CHARS ? line : `${line.slice(0, SNIPPET_CHARS).replace(/\s+\S*$/, "")} …`;
}
