import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LabelledSet } from "./quality.ts";

interface XQuad {
  data: { paragraphs: { context: string; qas: { question: string; answers: { answer_start: number }[] }[] }[] }[];
}

/** The end of a sentence, in the languages of XQuAD but Thai, which does not mark it. */
const END = /[.!?;؟](?=\s+)|[。！？]|।/g;
const SHORTEST_CHARS = 20;

/**
 * The files `xquad.<language>.json` of a folder (github.com/google-deepmind/xquad, CC BY-SA 4.0) as sets: the sentences of all
 * paragraphs, and for each question the one in which its answer begins.
 */
export function readXQuad(folder: string): LabelledSet[] {
  return readdirSync(folder)
    .filter((file) => /^xquad\.(?!th)\w+\.json$/.test(file))
    .sort()
    .map((file) => {
      const { data } = JSON.parse(readFileSync(join(folder, file), "utf8")) as XQuad;
      return setOf(file.slice(0, -".json".length), data);
    });
}

function setOf(name: string, data: XQuad["data"]): LabelledSet {
  const documents: { id: string; text: string }[] = [];
  const questions: { text: string; relevant: ReadonlySet<string> }[] = [];
  for (const { context, qas } of data.flatMap(({ paragraphs }) => paragraphs)) {
    // Answers are counted in code points.
    const characters = [...context];
    const first = documents.length;
    const ends = sentenceEnds(characters, name.endsWith("zh") ? 8 : SHORTEST_CHARS);
    for (const [i, end] of ends.entries()) {
      const text = characters.slice(ends[i - 1] ?? 0, end).join("");
      documents.push({ id: `s${documents.length}`, text: text.trim() });
    }
    for (const { question, answers } of qas) {
      const sentence = ends.findIndex((end) => (answers[0]?.answer_start ?? 0) < end);
      if (sentence !== -1) questions.push({ text: question, relevant: new Set([`s${first + sentence}`]) });
    }
  }
  return { name, documents, questions };
}

function sentenceEnds(characters: readonly string[], shortest: number): number[] {
  const ends: number[] = [];
  // One unit a character, so that places in the text are places in the list.
  const text = characters.map((character) => (character.length === 1 ? character : "x")).join("");
  for (const { index } of text.matchAll(END)) if (index + 1 - (ends.at(-1) ?? 0) >= shortest) ends.push(index + 1);
  if (text.slice(ends.at(-1) ?? 0).trim() !== "") ends.push(text.length);
  return ends;
}
