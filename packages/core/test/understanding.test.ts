import { createSotto } from "../src/create-sotto.ts";
import type { Sotto } from "../src/sotto.ts";
import { memoryStorage } from "../src/storage/memory/memory-storage.ts";

const things = "router modem invoice contract parcel thermostat battery charger password account refund voucher".split(
  " ",
);
const events: readonly [said: string, asked: string][] = [
  ["is replaced within two weeks", "how long does it take to replace the"],
  ["can be sent back free of charge", "what does it cost to send back the"],
  ["has to be reset by the small button", "which button resets the"],
  ["is covered for three years", "for how many years do you cover the"],
  ["arrives on Saturdays as well", "on which days arrives the"],
];
const documents = things.flatMap((thing, t) =>
  events.map(([said], e) => ({ id: `${t}/${e}`, text: `The ${thing} ${said}.` })),
);
const questions = things.flatMap((thing, t) =>
  events.map(([, asked], e) => ({ id: `${t}/${e}`, text: `${asked} ${thing}` })),
);

/** The share of the questions, said in this way, whose document is found first. */
async function foundFirst(sotto: Sotto, say: (question: string) => string, alpha?: number): Promise<number> {
  let first = 0;
  for (const { id, text } of questions) {
    const { hits } = await sotto.query("help", say(text), alpha === undefined ? { topK: 1 } : { topK: 1, alpha });
    if (hits[0]?.id === id) first++;
  }
  return first / questions.length;
}

describe("questions as people say them", () => {
  let sotto: Sotto;
  let clean: number;
  beforeAll(async () => {
    sotto = createSotto({ storage: memoryStorage() });
    await sotto.createIndex("help", documents);
    clean = await foundFirst(sotto, (text) => `${text}?`);
  });
  afterAll(() => sotto.close());

  it("find their document when they are put plainly", () => {
    expect(clean).toBeGreaterThan(0.8);
  });

  it.each([
    ["um so yeah I was wondering, {}, if that makes sense, thanks", 0.98],
    ["hi there, sorry to bother you but, uh, {}, please", 0.98],
    ["Hello. My sister told me to call you. {}? I am on the train to work.", 0.9],
    ["It is noisy here, sorry. I was out in the garden all day. {}? Take your time.", 0.9],
  ])("find nearly as often by %p", async (template, share) => {
    expect(await foundFirst(sotto, (text) => template.replace("{}", text))).toBeGreaterThanOrEqual(clean * share);
  });

  it("find by their words most of what they found, where two letters of the one that counts are swapped", async () => {
    const mistyped = (text: string) => text.replace(/(\w+)(\w)(\w)$/, "$1$3$2");
    const asMeant = await foundFirst(sotto, (text) => text, 0);
    expect(await foundFirst(sotto, mistyped, 0)).toBeGreaterThanOrEqual(asMeant * 0.7);
  });
});

describe("a store of a few memories", () => {
  const facts = [
    "I am allergic to peanuts.",
    "My dog is called Bruno.",
    "I work as a nurse.",
    "My contract ends in December.",
  ];
  it.each([
    ["what can I eat?", 0],
    ["what's the name of my pet", 1],
    ["where do I work?", 2],
    ["when does my contract run out?", 3],
  ])("finds by %p what was said, and above what is left out by default", async (question, wanted) => {
    const sotto = createSotto({ storage: memoryStorage() });
    await sotto.createIndex(
      "facts",
      facts.map((text, n) => ({ id: String(n), text })),
    );
    const { hits } = await sotto.query("facts", question);
    expect(hits[0]?.id).toBe(String(wanted));
    expect(hits[0]?.score).toBeGreaterThanOrEqual(0.1);
    await sotto.close();
  });

  it("finds by the words of the question what its one document says", async () => {
    const sotto = createSotto({ storage: memoryStorage() });
    await sotto.createIndex("help", [{ id: "a", text: "You can return a router within 30 days of delivery." }]);
    expect((await sotto.query("help", "how long can I send back my modem?")).hits[0]?.score).toBeGreaterThan(0.2);
    await sotto.close();
  });
});
