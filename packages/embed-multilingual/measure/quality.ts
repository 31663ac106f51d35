import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createSotto, type Embedder, memoryStorage } from "@sotto/core";

/** Documents, questions, and which document answers which. */
export interface LabelledSet {
  name: string;
  documents: readonly { id: string; text: string }[];
  questions: readonly { text: string; relevant: ReadonlySet<string> }[];
}

interface Facts {
  languages: Record<string, { facts: string[]; questions: string[] }>;
}

/** The sets of `facts.json`: every language by itself, and the questions of each against the English facts. */
export function factSets(): LabelledSet[] {
  const { languages } = JSON.parse(readFileSync(join(import.meta.dirname, "facts.json"), "utf8")) as Facts;
  const english = languages.en?.facts ?? [];
  return Object.entries(languages).flatMap(([language, { facts, questions }]) => [
    setOf(language, facts, questions),
    ...(language === "en" ? [] : [setOf(`${language} to English`, english, questions)]),
  ]);
}

function setOf(name: string, facts: readonly string[], questions: readonly string[]): LabelledSet {
  return {
    name,
    documents: facts.map((text, i) => ({ id: `${i}`, text })),
    questions: questions.map((text, i) => ({ text, relevant: new Set([`${i}`]) })),
  };
}

interface IrFile {
  name?: string;
  corpus: { id: string; text: string; full?: string }[];
  queries: { id: string; text: string }[];
  qrels: Record<string, Record<string, number>>;
}

/** Every `*.ir.json` of a folder that has no groups (see apps/bench). */
export function readSets(folder: string): LabelledSet[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ir.json"))
    .sort()
    .map((file) => {
      const { name, corpus, queries, qrels } = JSON.parse(readFileSync(join(folder, file), "utf8")) as IrFile;
      return {
        name: name ?? basename(file, ".ir.json"),
        documents: corpus.map(({ id, text, full }) => ({ id, text: full ?? text })),
        questions: queries
          .map(({ id, text }) => ({ text, relevant: new Set(Object.keys(qrels[id] ?? {})) }))
          .filter(({ relevant }) => relevant.size > 0),
      };
    });
}

/** Mean nDCG@10 in percent of what Sotto's own search finds, for each alpha; `undefined` is the embedder's own. */
export async function scoreSet(set: LabelledSet, embedder: Embedder, alphas: readonly (number | undefined)[]) {
  const sotto = createSotto({ storage: memoryStorage(), embedder });
  await sotto.createIndex("set", set.documents);
  const scores: number[] = [];
  for (const alpha of alphas) {
    let sum = 0;
    for (const { text, relevant } of set.questions) {
      const { hits } = await sotto.query("set", text, { topK: 10, ...(alpha === undefined ? {} : { alpha }) });
      sum += ndcg(
        hits.map(({ id }) => id),
        relevant,
      );
    }
    scores.push((100 * sum) / set.questions.length);
  }
  await sotto.close();
  return scores;
}

function ndcg(ranking: readonly string[], relevant: ReadonlySet<string>): number {
  const gain = (rank: number) => 1 / Math.log2(rank + 2);
  const ideal = Array.from({ length: Math.min(10, relevant.size) }, (_, rank) => gain(rank));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return sum(ranking.map((id, rank) => (relevant.has(id) ? gain(rank) : 0))) / sum(ideal);
}

/** Cosines of questions to what answers them, and to what does not: percentiles 5, 50 and 95 of each. */
export async function cosines(set: LabelledSet, embedder: Embedder): Promise<{ relevant: number[]; other: number[] }> {
  const questions = set.questions.slice(0, 500);
  const documents = await embedder.embed(
    set.documents.map(({ text }) => text),
    { kind: "document" },
  );
  const queries = await embedder.embed(
    questions.map(({ text }) => text),
    { kind: "query" },
  );
  const [relevant, other]: [number[], number[]] = [[], []];
  for (const [i, question] of questions.entries()) {
    for (const [j, document] of set.documents.entries()) {
      const [a, b] = [queries[i], documents[j]];
      if (!a || !b) continue;
      if (question.relevant.has(document.id)) relevant.push(dot(a, b));
      else if ((i * 31 + j * 17) % 97 === 0) other.push(dot(a, b));
    }
  }
  return { relevant: percentiles(relevant, [0.05, 0.5, 0.95]), other: percentiles(other, [0.05, 0.5, 0.95]) };
}

export function percentiles(values: readonly number[], shares: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return shares.map((share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN);
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
