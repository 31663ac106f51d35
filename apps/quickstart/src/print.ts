import pc from "picocolors";
import type { Answer, CallReport, IndexReport, Report, SecondCallReport } from "./report.ts";

const { bold, cyan, dim, green, red } = pc.createColors(process.stdout.isTTY === true && !process.env.NO_COLOR);
const mark = (ok: boolean) => (ok ? green("✓") : red("✗"));
const number = (value: number) => value.toLocaleString("en-US");

function line(text = ""): void {
  process.stdout.write(`${text}\n`);
}

export function heading(text: string): void {
  line(`\n${bold(text)}`);
}

export function printIndexed(indexes: readonly Pick<IndexReport, "name" | "documents" | "chunks" | "buildMs">[]): void {
  for (const { name, documents, chunks, buildMs } of indexes) {
    line(
      `  ${cyan(name.padEnd(9))} ${number(documents).padStart(6)} documents, ${number(chunks).padStart(7)} passages ${dim(`in ${(buildMs / 1_000).toFixed(1)} s`)}`,
    );
  }
}

export function printAnswer({ question, found, expected, hits, embedMs, searchMs }: Answer): void {
  line(
    `\n${mark(found)} ${bold(question)}  ${dim(`embed ${embedMs.toFixed(3)} ms, search ${searchMs.toFixed(3)} ms`)}`,
  );
  for (const { index, id, score, text } of hits.slice(0, 3)) {
    line(`    ${green(score.toFixed(3))} ${cyan(`${index}/${id}`)}`);
    line(`          ${dim(snippet(text))}`);
  }
  if (!found) line(red(`    expected ${expected.join(" or ")}`));
}

export function printTurn(role: string, text: string): void {
  line(`  ${role === "user" ? cyan("Maria") : dim("Agent")}  ${text}`);
}

export function printCall({ question, found, text, tookMs, memories }: CallReport): void {
  line(`  ${mark(found)} ${bold(question)} ${dim(`recalled in ${tookMs.toFixed(2)} ms`)}`);
  line(`      ${dim(snippet(text))}`);
  line(`  The call is over; ${memories} memories are kept.`);
}

export function printSecondCall({
  processId,
  greeting,
  recalled,
  knowledge,
  documentsEmbedded,
  queriesEmbedded,
  tookMs,
}: SecondCallReport): void {
  line(`  ${dim(`process ${processId}`)}`);
  line(`  ${dim("Agent")}  ${greeting}`);
  for (const { question, found, text, tookMs } of recalled) {
    line(`  ${mark(found)} ${bold(question)} ${dim(`recalled in ${tookMs.toFixed(2)} ms`)}`);
    line(`      ${dim(snippet(text))}`);
  }
  line(
    `  ${mark(knowledge.found)} ${bold(knowledge.question)} ${dim(`${knowledge.hits[0]?.index}/${knowledge.hits[0]?.id}`)}`,
  );
  line(
    `  ${mark(documentsEmbedded === 0)} ${documentsEmbedded} documents embedded anew, ${queriesEmbedded} queries embedded ${dim(`(${tookMs.toFixed(0)} ms in all)`)}`,
  );
}

export function printTimes({ timed, indexes }: Pick<Report, "timed" | "indexes">): void {
  line(`  ${"ms".padEnd(8)}${["p50", "p95", "p99"].map((name) => name.padStart(9)).join("")}`);
  for (const [name, { p50, p95, p99 }] of [
    ["embed", timed.embedMs],
    ["search", timed.searchMs],
    ["in all", timed.tookMs],
  ] as const) {
    line(`  ${name.padEnd(8)}${[p50, p95, p99].map((value) => value.toFixed(3).padStart(9)).join("")}`);
  }
  for (const { name, chunks, bytes, loadMs } of indexes) {
    line(
      `  ${cyan(name.padEnd(9))} ${number(chunks).padStart(7)} passages, ${(bytes / 1_048_576).toFixed(1)} MiB in memory, loaded in ${loadMs.toFixed(0)} ms`,
    );
  }
}

export function printEnd({ ok }: Pick<Report, "ok">): void {
  line(
    `\n${mark(ok)} ${ok ? "Every expected document was found, and the first call was remembered." : red("Something expected was not found: see above.")}`,
  );
}

function snippet(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length <= 110 ? flat : `${flat.slice(0, 110)}…`;
}
