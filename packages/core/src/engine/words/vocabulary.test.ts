import fc from "fast-check";
import { understand } from "../analysis/question.ts";
import { createArena } from "../kernel/arena.ts";
import { editDistance } from "./edit-distance.ts";
import { InvertedIndex } from "./inverted-index.ts";

function indexOf(...texts: string[]): InvertedIndex {
  const index = new InvertedIndex(createArena({ kernel: "javascript" }));
  for (const [slot, text] of texts.entries()) index.add(slot, text);
  return index;
}

/** The slots that are found, best first. */
function found(index: InvertedIndex, question: string): number[] {
  const terms = index.withSimilar(understand(question).whole.terms(index.languages));
  const scores = index.open(terms);
  try {
    return [...scores.best(10, undefined).slots];
  } finally {
    scores.close();
  }
}

describe("words that no document holds", () => {
  it.each([
    ["thermastat", "The thermostat is replaced", "a wrong letter"],
    ["refigerator", "A new refrigerator", "a letter left out"],
    ["invocie", "The invoice is late", "letters swapped"],
    ["Türgriff", "Der Kühlschranktürgriff kostet 12 Euro", "the end of a compound"],
    ["Kühlschrank", "Der Kühlschranktürgriff kostet 12 Euro", "the beginning of a compound"],
    ["Kühlschranktür", "Die Tür, die der Kühlschrank hat", "a compound of two words"],
    ["BLM18AG", "BLM18AG102SN1D is a ferrite bead", "the beginning of a part number"],
    ["102SN1", "BLM18AG102SN1D is a ferrite bead", "the middle of a part number"],
    ["fireplace", "The fire has its place", "two words heard as one"],
  ])("find by %p the text %p: %s", (question, text) => {
    expect(found(indexOf("Something else entirely", text), question)).toEqual([1]);
  });

  it.each([
    ["447189", "447188", "another part number is no typing error"],
    ["cat", "The car is here", "a short word is like too many"],
    ["house", "The mouse ran; first letters differ, but so does the word", "another word"],
  ])("do not find by %p the text %p: %s", (question, text) => {
    const slots = found(indexOf("Something else entirely", text), question);
    if (question === "house") expect(slots.length).toBeLessThanOrEqual(1);
    else expect(slots).toEqual([]);
  });

  it("count less than the word itself, and not at all where some document holds it", () => {
    const index = indexOf("The thermostat is old", "The thermastat is old");
    expect(found(index, "thermostat")).toEqual([0]);
    index.remove(0, "The thermostat is old");
    const [term] = index.withSimilar(understand("thermostat").whole.terms());
    expect(term?.similar?.map(({ term: other }) => other)).toEqual(["thermastat"]);
    expect(term?.similar?.[0]?.weight).toBeLessThan(1);
  });

  it("are found among words that came after the first search, and not among those that went", () => {
    const index = indexOf("Something else");
    expect(found(index, "thermastat")).toEqual([]);
    index.add(1, "The thermostat is replaced");
    expect(found(index, "thermastat")).toEqual([1]);
    index.remove(1, "The thermostat is replaced");
    expect(index.withSimilar(understand("thermastat").whole.terms())[0]?.similar).toBeUndefined();
  });
});

describe("editDistance", () => {
  it("counts letters added, left out, replaced and swapped, up to a limit", () => {
    expect(editDistance("thermostat", "thermastat", 2)).toBe(1);
    expect(editDistance("invoice", "invocie", 2)).toBe(1);
    expect(editDistance("abc", "abcd", 2)).toBe(1);
    expect(editDistance("kitten", "sitting", 2)).toBe(3);
    expect(editDistance("same", "same", 1)).toBe(0);
  });

  it("is the same both ways, and at most the limit and one", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 7 });
    fc.assert(
      fc.property(word, word, (one, other) => {
        const distance = editDistance(one, other, 2);
        expect(distance).toBe(editDistance(other, one, 2));
        expect(distance).toBeLessThanOrEqual(3);
        expect(distance === 0).toBe(one === other);
      }),
    );
  });
});
