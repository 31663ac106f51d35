/**
 * Sotto's main job, from a folder of text to an agent that remembers the caller:
 *
 *   1. index real text     2. answer questions     3. hold a call
 *   4. remember it in another process              5. show how fast it was
 */
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createSotto, type Document, type Sotto } from "@sotto/core";
import { staticEmbedder } from "@sotto/embed-static";
import { loadPath } from "@sotto/loaders";
import { ask } from "./ask.ts";
import { askedInTheCall, caller, firstCall } from "./call.ts";
import { loadPackages, loadSupport } from "./corpus.ts";
import { countingEmbedder } from "./counting-embedder.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { round } from "./percentiles.ts";
import {
  heading,
  printAnswer,
  printCall,
  printEnd,
  printIndexed,
  printSecondCall,
  printTimes,
  printTurn,
} from "./print.ts";
import { progressLine } from "./progress.ts";
import { questions } from "./questions.ts";
import type { Answer, CallReport, IndexReport, Report } from "./report.ts";
import { secondCall } from "./second-call.ts";
import { runSecondProcess } from "./second-process.ts";
import { timeQueries } from "./time-queries.ts";

const progress = progressLine();

async function run(options: Options, store: string): Promise<Report> {
  const show = (print: () => void) => options.json || print();
  const corpora = await loadCorpora(options);
  const names = Object.keys(corpora);
  const documents = Object.values(corpora).flat();

  // Everything has a default. The embedder is named here only to count what it is asked for.
  const embedder = countingEmbedder(staticEmbedder());
  const settings = {
    storage: store,
    embedder,
    recall: { orgIndexes: ["support"] },
    limits: { documentChars: 1_000_000 },
  };
  let sotto = createSotto(settings);
  try {
    const built = await buildIndexes(sotto, corpora);
    show(() => heading("1. Indexed"));
    show(() => printIndexed(built));

    show(() => heading("2. Questions"));
    const answers = await answerQuestions(sotto, names, documents, options);
    show(() => answers.forEach(printAnswer));

    show(() => heading("3. A call"));
    const call = await holdCall(sotto, (role, text) => show(() => printTurn(role, text)));
    show(() => printCall(call));
    await sotto.close();

    show(() => heading("4. The second call, in another process"));
    const second = await runSecondProcess(fileURLToPath(import.meta.url), store);
    show(() => printSecondCall(second));

    show(() =>
      heading(`5. ${options.queries.toLocaleString("en-US")} more queries over ${names.join(" and ")}, hybrid, top 5`),
    );
    sotto = createSotto(settings);
    const indexes: IndexReport[] = [];
    for (const index of built) {
      const { bytes, loadMs } = await sotto.loadIndex(index.name);
      indexes.push({ ...index, bytes, loadMs: round(loadMs) });
    }
    const timed = await timeQueries(sotto, names, documents, options.queries);
    show(() => printTimes({ timed, indexes }));

    const nothingLost = built.every(({ name, chunks }) => second.chunks[name] === chunks);
    const remembered =
      call.found && second.greeted && second.recalled.every(({ found }) => found) && second.knowledge.found;
    const ok = answers.every(({ found }) => found) && remembered && nothingLost && second.documentsEmbedded === 0;
    show(() => printEnd({ ok }));
    return { ok, indexes, documentsEmbedded: embedder.counts.documents, answers, call, secondCall: second, timed };
  } finally {
    progress.stop();
    await sotto.close();
  }
}

async function loadCorpora(options: Options): Promise<Record<string, Document[]>> {
  const support = await loadSupport();
  const packages = await loadPackages(options.packages, (done, total) =>
    progress.show("reading packages", done, total),
  );
  return {
    support,
    ...(packages.length === 0 ? {} : { packages }),
    ...(options.docs === undefined ? {} : { docs: await loadPath(options.docs) }),
  };
}

async function buildIndexes(sotto: Sotto, corpora: Record<string, Document[]>) {
  const built = [];
  for (const [name, documents] of Object.entries(corpora)) {
    const start = performance.now();
    const { docCount, chunkCount } = await sotto.createIndex(name, documents, {
      chunking: { by: "heading" },
      ifExists: "replace",
      onProgress: ({ phase, done, total }) => progress.show(`${name}: ${phase}`, done, total),
    });
    built.push({ name, documents: docCount, chunks: chunkCount, buildMs: round(performance.now() - start) });
  }
  progress.stop();
  return built;
}

/** Of the questions those whose document was loaded (all of them unless --packages left some out), and the user's own. */
async function answerQuestions(
  sotto: Sotto,
  names: readonly string[],
  documents: readonly Document[],
  options: Options,
): Promise<Answer[]> {
  const loaded = new Set(documents.map(({ id }) => id));
  const everything = options.packages === Number.POSITIVE_INFINITY;
  const asked = questions.filter(({ expected }) => everything || expected.some((id) => loaded.has(id)));
  const answers: Answer[] = [];
  for (const question of [...asked, ...options.ask.map((own) => ({ question: own, expected: [] }))]) {
    answers.push(await ask(sotto, names, question));
  }
  return answers;
}

async function holdCall(sotto: Sotto, onTurn: (role: string, text: string) => void): Promise<CallReport> {
  const scope = { user: caller, session: `call-${Date.now()}` };
  for (const { role, text } of firstCall) {
    await sotto.recordTurn({ ...scope, role, text });
    onTurn(role, text);
  }
  const { question, answer } = askedInTheCall;
  const recall = await sotto.searchMemory(question, { ...scope, lanes: ["working"] });
  const [best] = recall.working;
  await sotto.updateProfile(caller, {
    data: { name: caller.name, openPoint: "A technician was to come on Friday because of E207: did it work out?" },
  });
  const { memories } = await sotto.endSession(scope);
  return {
    sessionId: scope.session,
    turns: firstCall.length,
    question,
    answer,
    found: best?.text.includes(answer) ?? false,
    text: best?.text ?? "",
    tookMs: round(recall.trace.tookMs),
    memories,
  };
}

async function main(args: readonly string[]): Promise<number> {
  let options: Options;
  try {
    options = readOptions(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (options.secondCall) {
    await secondCall(options.store as string);
    return 0;
  }
  const store = options.store ?? (await mkdtemp(join(tmpdir(), "sotto-quickstart-")));
  process.once("SIGINT", () => {
    progress.stop();
    if (options.store === undefined) rmSync(store, { recursive: true, force: true });
    process.exit(130);
  });
  try {
    const report = await run(options, store);
    if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return report.ok ? 0 : 1;
  } finally {
    if (options.store === undefined) await rm(store, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
