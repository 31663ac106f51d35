import { understand } from "./question.ts";

const whole = (said: string) => understand(said).whole.text;
const terms = (said: string) =>
  understand(said)
    .whole.terms()
    .map(({ term }) => term);
const sentences = (said: string) => understand(said).sentences.map(({ text }) => text);

describe("what a caller asks", () => {
  it.each([
    [
      "um so yeah I was wondering, when do you open on Sundays, if that makes sense, thanks",
      "when do you open on Sundays,",
    ],
    ["hi there, sorry to bother you but uh how do I change my PIN, please", "how do I change my PIN,"],
    ["Okay, so, I mean, could you tell me what SKU-4471-B costs?", "what SKU-4471-B costs?"],
    ["äh hallo, ich wollte mal fragen, wann mein Paket kommt, danke", "wann mein Paket kommt,"],
    ["bueno, quería saber cuándo llega mi paquete, gracias", "cuándo llega mi paquete,"],
    ["euh bonjour, je voulais savoir quand arrive mon colis, s'il vous plaît", "quand arrive mon colis,"],
    ["então, gostaria de saber quando chega a encomenda, obrigado", "quando chega a encomenda,"],
    ["allora, volevo sapere quando arriva il pacco, grazie", "quando arriva il pacco,"],
    ["nou, ik wilde vragen wanneer mijn pakje komt, alvast bedankt", "wanneer mijn pakje komt,"],
  ])("is what is left of %p", (said, expected) => {
    expect(whole(said)).toBe(expected);
  });

  it("keeps fillers of one language that are words of another", () => {
    expect(whole("Wir treffen uns um neun")).toBe("Wir treffen uns um neun");
    expect(whole("Who is Ben, please?")).toContain("Ben");
  });

  it("keeps words that are fillers only elsewhere in a sentence", () => {
    expect(whole("How deep is the well behind the house?")).toBe("How deep is the well behind the house?");
    expect(terms("What music does Ann like?")).toContain("like");
  });

  it("is taken as it was said when nothing else is left", () => {
    expect(whole("Hello?")).toBe("Hello?");
    expect(whole("thank you so much")).toBe("thank you so much");
    expect(terms("who are you")).toEqual(["who", "are", "you"]);
    expect(understand("").whole).toMatchObject({ text: "" });
  });

  it("keeps the signs that touch a word", () => {
    expect(whole("um, is it -18 outside, please")).toBe("is it -18 outside,");
    expect(whole("so, C++ please")).toBe("C++");
  });

  it("counts words that are mostly discourse little, where their place does not say that they are", () => {
    const found = understand("is the really loud pump broken").whole.terms();
    expect(found.find(({ term }) => term.startsWith("real"))?.weight).toBe(0.25);
    expect(found.find(({ term }) => term === "pump")?.weight).toBe(1);
  });

  it("is also each of its sentences, from three on", () => {
    const said = "My name is Anna. I live in Berlin. When does the new router arrive? Thanks!";
    expect(sentences(said)).toEqual(["My name is Anna.", "I live in Berlin.", "When does the new router arrive?"]);
    expect(understand(said).sentences.map(({ asks }) => asks)).toEqual([false, false, true]);
  });

  it("is one where two short sentences belong together, or the others only greet", () => {
    expect(sentences("My card was stolen. What do I do?")).toEqual([]);
    expect(sentences("Hello. Good morning. When do you open? Thank you.")).toEqual([]);
  });

  it("is two where they are long", () => {
    const long =
      "I have been waiting for the technician since early morning and nobody has called me or rung at the door yet";
    expect(sentences(`${long}. When will he come?`)).toHaveLength(2);
  });

  it("does not end a sentence at an abbreviation or within a number", () => {
    expect(sentences("I saw Dr. Gray. He gave me 2.5 ml of No. 7. Is that too much?")).toEqual([
      "I saw Dr. Gray.",
      "He gave me 2.5 ml of No. 7.",
      "Is that too much?",
    ]);
  });

  it("gets the words of an intent at a lower weight", () => {
    const { whole: found } = understand("parcel", { also: { text: "parcel refund", weight: 0.3 } });
    expect(found.terms()).toEqual([
      { term: "parcel", weight: 1.3 },
      { term: "refund", weight: 0.3 },
    ]);
  });
});
