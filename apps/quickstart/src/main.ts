/**
 * Sotto's main job, from a folder of text to an agent that remembers the caller:
 *
 *   1. index real text     2. answer questions     3. hold a call
 *   4. remember it in another process              5. show how fast it was
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync, statSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createSotto, type Document, type Sotto } from "@sotto/core";
import { dim, heading, line, name, outcome, output, percentile, snippet } from "./print.ts";
import { askedInTheCall, caller, firstCall, questions } from "./script.ts";
import type { SecondCall } from "./second-call.ts";

const HELP = `Sotto's main job: index real text, answer questions, hold a call, and remember it in another process.

Usage: npm run demo -- [options]

  --docs <dir>      index a folder of your own, too (Markdown and text; the CLI, sotto ingest, reads any file)
  --ask <question>  ask it of all indexes; repeatable
  --store <dir>     keep the store there; without it a temporary one is used and removed
  --queries <n>     queries to time at the end (default: 1000)
  --json            one JSON object on stdout, and nothing else
  --help            this text

Exit code: 0 when every expected document was found and the call was remembered, 1 when not, 2 for wrong options.
`;

/** The Markdown and text of a folder; ids are paths within it. */
function readFolder(folder: string, pattern = "**/*.{md,txt}"): Document[] {
  const exclude = (path: string) => /(^|\/)(node_modules|dist|test|\.)/.test(path);
  return globSync(pattern, { cwd: folder, exclude }).map((path) => ({
    id: path.replaceAll("\\", "/"),
    text: readFileSync(join(folder, path), "utf8"),
  }));
}

async function indexAll(sotto: Sotto, corpora: Record<string, Document[]>) {
  const indexes: { name: string; documents: number; chunks: number; buildMs: number }[] = [];
  for (const [index, documents] of Object.entries(corpora)) {
    const start = performance.now();
    const { docCount, chunkCount } = await sotto.createIndex(index, documents, {
      chunking: { by: "heading" },
      ifExists: "replace",
    });
    const buildMs = Math.round(performance.now() - start);
    indexes.push({ name: index, documents: docCount, chunks: chunkCount, buildMs });
    line(`  ${name(index)}: ${docCount} documents, ${chunkCount} passages ${dim(`in ${buildMs} ms`)}`);
  }
  return indexes;
}

async function ask(sotto: Sotto, indexes: string[], question: string, expected: readonly string[]) {
  const { hits, tookMs } = await sotto.query(indexes, question, { topK: 5 });
  const found = expected.length === 0 || hits.some(({ id, chunk }) => expected.includes(chunk?.parentId ?? id));
  outcome(found, question, `${tookMs.toFixed(2)} ms`);
  const [best] = hits;
  if (best !== undefined) line(`      ${name(`${best.index}/${best.id}`)}  ${snippet(best.text)}`);
  return { question, expected, found, best: best?.id, tookMs };
}

async function holdCall(sotto: Sotto) {
  const scope = { user: caller, session: `call-${Date.now()}` };
  for (const turn of firstCall) {
    await sotto.recordTurn({ ...scope, ...turn });
    line(`  ${turn.role === "user" ? name("Maria") : dim("Agent")}  ${turn.text}`);
  }
  const { question, answer } = askedInTheCall;
  const { contextText, trace } = await sotto.searchMemory(question, { ...scope, lanes: ["working"] });
  const found = contextText.includes(answer);
  outcome(found, question, `recalled in ${trace.tookMs.toFixed(2)} ms`);
  await sotto.updateProfile(caller, {
    data: { name: caller.name, openPoint: "A technician was to come on Friday because of E207: did it work out?" },
  });
  const { memories } = await sotto.endSession(scope);
  line(`  The call is over; ${memories} memories are kept.`);
  return { question, found, memories };
}

function callAgain(store: string): SecondCall {
  const program = fileURLToPath(new URL("./second-call.ts", import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [...process.execArgv, program, store], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`the second process ended with exit code ${status}`);
  const call = JSON.parse(stdout) as SecondCall;
  line(`  ${dim(`process ${call.processId}`)}\n  ${dim("Agent")}  ${call.greeting}`);
  for (const { question, found, tookMs } of call.recalled)
    outcome(found, question, `recalled in ${tookMs.toFixed(2)} ms`);
  outcome(call.documentsEmbedded === 0, `${call.documentsEmbedded} documents embedded anew`);
  return call;
}

/** Eight words in a row, from documents spread over all of them: the same for the same `i`. */
function someWords(documents: readonly Document[], i: number): string {
  const text = documents[(i * 7_919) % documents.length]?.text ?? "";
  const from = (i * 104_729) % Math.max(1, text.length - 400);
  const words = text.slice(from, from + 400).match(/\p{L}[\p{L}\p{N}'-]+/gu) ?? [];
  return words.slice(1, 9).join(" ") || "how does it work";
}

async function timeQueries(sotto: Sotto, indexes: string[], documents: readonly Document[], count: number) {
  const times: number[] = [];
  for (let i = 0; i < count; i++) times.push((await sotto.query(indexes, someWords(documents, i))).tookMs);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(times, share));
  line(`  embedding and search, ms: p50 ${p50}, p95 ${p95}, p99 ${p99}`);
  return { queries: count, p50, p95, p99 };
}

async function run(
  store: string,
  { docs, asked, queries }: { docs?: string | undefined; asked: string[]; queries: number },
) {
  const knowledge = fileURLToPath(new URL("../knowledge", import.meta.url));
  const repository = fileURLToPath(new URL("../../..", import.meta.url));
  const corpora = {
    support: readFolder(knowledge),
    manuals: readFolder(repository, "{*.md,docs/*.md,packages/*/*.md}"),
    ...(docs === undefined ? {} : { docs: readFolder(docs) }),
  };
  const names = Object.keys(corpora);
  // Everything has a default; the store is named here because it is a temporary one.
  const options = { storage: store, recall: { orgIndexes: ["support"] } };

  let sotto = createSotto(options);
  try {
    heading("1. Indexed");
    const indexes = await indexAll(sotto, corpora);
    heading("2. Questions");
    const answers = [];
    for (const { question, expected } of questions) answers.push(await ask(sotto, names, question, expected));
    for (const question of asked) answers.push(await ask(sotto, names, question, []));
    heading("3. A call");
    const call = await holdCall(sotto);
    await sotto.close();
    heading("4. The second call, in another process");
    const secondCall = callAgain(store);
    heading(`5. ${queries.toLocaleString("en-US")} more queries over ${names.join(" and ")}, hybrid, top 5`);
    sotto = createSotto(options);
    for (const index of names) await sotto.loadIndex(index);
    const timed = await timeQueries(sotto, names, Object.values(corpora).flat(), queries);

    const complete = indexes.every((index) => secondCall.chunks[index.name] === index.chunks);
    const remembered = call.found && complete && secondCall.recalled.every(({ found }) => found);
    const ok = remembered && answers.every(({ found }) => found) && secondCall.documentsEmbedded === 0;
    line();
    const good = "Every expected document was found, and the first call was remembered.";
    outcome(ok, ok ? good : "Something expected was not found: see above.");
    return { ok, indexes, answers, call, secondCall, timed };
  } finally {
    await sotto.close();
  }
}

async function main(args: string[]): Promise<number> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  let values: ReturnType<typeof parse>;
  const parse = () =>
    parseArgs({
      args,
      options: { docs: text, ask: { ...text, multiple: true }, store: text, queries: text, json: flag, help: flag },
    }).values;
  try {
    values = parse();
    if (values.queries !== undefined && !/^\d+$/.test(values.queries))
      throw new Error(`--queries is ${JSON.stringify(values.queries)}; it must be a whole number`);
    if (values.docs !== undefined && !statSync(values.docs, { throwIfNoEntry: false })?.isDirectory())
      throw new Error(`There is no folder ${values.docs}`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  output.quiet = values.json ?? false;
  const store = values.store ?? (await mkdtemp(join(tmpdir(), "sotto-quickstart-")));
  const remove = () => values.store ?? rmSync(store, { recursive: true, force: true });
  process.once("SIGINT", () => {
    remove();
    process.exit(130);
  });
  try {
    const { docs, ask: asked = [], queries = "1000" } = values;
    const report = await run(store, { docs, asked, queries: Number(queries) });
    if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return report.ok ? 0 : 1;
  } finally {
    remove();
  }
}

process.exitCode = await main(process.argv.slice(2));
