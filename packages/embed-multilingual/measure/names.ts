import type { LabelledSet } from "./quality.ts";

const SPEAKERS = ["Caroline", "Melanie"] as const;

/** The set as a conversation of two people: each document says who speaks, each question of whom it asks. */
export function withNames(set: LabelledSet): LabelledSet {
  const speakers = new Map(set.documents.map(({ id }, i) => [id, SPEAKERS[i % 2] as string]));
  return {
    name: `${set.name}, with names`,
    documents: set.documents.map(({ id, text }) => ({ id, text: `${speakers.get(id)}: ${text}` })),
    questions: set.questions.map(({ text, relevant }) => {
      const [first = ""] = relevant;
      return { text: `${speakers.get(first)}: ${text}`, relevant };
    }),
  };
}
