import { understand } from "../engine/index.ts";
import { nameWords, questionWithoutNames } from "./without-names.ts";

const text = (question: string, ...names: string[]) =>
  questionWithoutNames(understand(question), nameWords(names)).whole.text;

describe("a question without names", () => {
  it("has none of their words, whole words only, with what is theirs", () => {
    expect(text("Where does Ann's sister live?", "Ann")).toBe("Where does sister live?");
    expect(text("When did ann marie leave the annex?", "Ann-Marie")).toBe("When did leave the annex?");
    expect(text("Was hat ZOË gekauft?", "Zoë")).toBe("Was hat gekauft?");
  });

  it("keeps the words of a user id that is no name", () => {
    expect(text("Which customer has number 42?", "customer-42", "+49 42", "ann_42")).toBe(
      "Which customer has number 42?",
    );
  });

  it("stays as it is without names, and where nothing else is in it", () => {
    expect(text("Where does Ann live?")).toBe("Where does Ann live?");
    expect(text("Ann?", "Ann")).toBe("Ann?");
    expect(text("plan B for J", "J B")).toBe("plan B for J");
  });
});
