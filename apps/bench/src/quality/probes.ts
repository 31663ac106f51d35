import { createSotto, type Embedder, memoryStorage, type Sotto } from "@sotto/core";

/** Something that memory must get right, tried on small conversations: how many of how many came out right. */
export interface ProbeResult {
  probe: string;
  right: number;
  of: number;
}

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 2, 4, 9);

/** What is said first, what a hundred days later, and what is then asked: the newer value has to be read first. */
const UPDATES: readonly [old: string, now: string, question: string, value: RegExp][] = [
  ["I live in Oslo.", "I moved to Rome.", "Where do I live?", /Rome/u],
  ["My phone number is 555 0101.", "My phone number is 555 0202 now.", "What is my phone number?", /0202/u],
  ["I drive a Golf.", "I sold the Golf and bought a Volvo.", "Which car do I drive?", /Volvo/u],
  ["I work at the bakery.", "I started at the library this week.", "Where do I work?", /library/u],
  ["My favourite tea is mint.", "These days my favourite tea is ginger.", "What is my favourite tea?", /ginger/u],
  ["My appointment is on Tuesday.", "Please move my appointment to Friday.", "When is my appointment?", /Friday/u],
  ["My dog is called Rex.", "Rex died, my new dog is called Bella.", "What is my dog called?", /Bella/u],
  ["I pay by card.", "I want to pay by invoice from now on.", "How do I pay?", /invoice/u],
  ["My plan is Basic.", "I upgraded my plan to Premium.", "Which plan do I have?", /Premium/u],
  ["My doctor is Dr Weber.", "I changed doctors, it is Dr Lang now.", "Who is my doctor?", /Lang/u],
  [
    "My delivery address is 3 Harbour Road.",
    "My delivery address is 9 Mill Lane.",
    "What is my delivery address?",
    /Mill/u,
  ],
  ["I take the pills in the morning.", "I take the pills in the evening now.", "When do I take the pills?", /evening/u],
];

const TALK = [
  "The weather was awful this week.",
  "My sister visited with her two children.",
  "I watched a long film about whales.",
  "The garden needs water again.",
  "We had soup with a lot of garlic.",
  "The neighbours are building a fence.",
  "I read half of a book about bridges.",
  "The train was late by forty minutes.",
];

const LEADS = ["So", "And", "Hello,", "Please,", "Now,", "Again:", "Ok,", "Well,"];
const NO_ANSWERS = [
  "I do not have that information.",
  "I am not sure.",
  "I cannot see that.",
  "There is no record of it.",
];

const UNKNOWN = [
  "What is the boiling point of ethanol?",
  "How do I change the toner of my printer?",
  "Who composed the opera Fidelio?",
  "What is the maximum load of the ladder?",
  "Which planet has the most moons?",
  "How do I cancel a standing order?",
];

/** Runs every probe by Sotto's public API. */
export async function runProbes(embedder: Embedder): Promise<ProbeResult[]> {
  return [
    await updates(embedder),
    await times(embedder),
    await crowding(embedder),
    await shortAnswers(embedder),
    await speakers(embedder),
    await abstention(embedder),
  ];
}

async function withSotto<T>(embedder: Embedder, now: number, work: (sotto: Sotto) => Promise<T>): Promise<T> {
  const clock = {
    now: () => now,
    monotonic: () => performance.now(),
    after: (ms: number, run: () => void) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  };
  const sotto = createSotto({ storage: memoryStorage(), embedder, clock });
  try {
    return await work(sotto);
  } finally {
    await sotto.close();
  }
}

async function call(
  sotto: Sotto,
  session: string,
  at: number,
  said: readonly (readonly ["user" | "assistant", string])[],
) {
  for (const [n, [role, text]] of said.entries())
    await sotto.recordTurn({ user: "probe", session, role, text, at: at + n * 1_000, durability: "queued" });
  await sotto.endSession({ user: "probe", session });
}

/** The permanent lane as a model reads it. */
async function shown(sotto: Sotto, question: string): Promise<string[]> {
  const { contextText } = await sotto.searchMemory(question, { user: "probe", lanes: ["permanent"], timeoutMs: 5_000 });
  return contextText.split("\n").filter((line) => line.startsWith("- "));
}

async function updates(embedder: Embedder): Promise<ProbeResult> {
  let right = 0;
  for (const [old, now, question, value] of UPDATES) {
    await withSotto(embedder, START + 200 * DAY_MS, async (sotto) => {
      await call(sotto, "before", START, [["user", old]]);
      for (let n = 0; n < 60; n++)
        await call(sotto, `talk-${n}`, START + n * DAY_MS, [["user", `${TALK[n % TALK.length]} (${n})`]]);
      await call(sotto, "after", START + 100 * DAY_MS, [["user", now]]);
      const lines = await shown(sotto, question);
      const newer = lines.findIndex((line) => value.test(line));
      const older = lines.findIndex((line) => line.includes(old));
      if (newer !== -1 && (older === -1 || newer < older)) right++;
    });
  }
  return { probe: "the newer value is shown, and read first", right, of: UPDATES.length };
}

async function times(embedder: Embedder): Promise<ProbeResult> {
  const questions = [
    "What did we talk about on {day} March 2024?",
    "Worüber haben wir am {day}. März 2024 gesprochen?",
    "¿De qué hablamos el {day} de marzo de 2024?",
    "De quoi avons-nous parlé le {day} mars 2024 ?",
  ];
  let right = 0;
  let of = 0;
  await withSotto(embedder, START + 20 * DAY_MS, async (sotto) => {
    for (let n = 0; n < 20; n++)
      await call(sotto, `day-${n}`, START + n * DAY_MS, [["user", `${TALK[n % TALK.length]} Note ${n}.`]]);
    for (let n = 0; n < 20; n++) {
      const question = (questions[n % questions.length] as string).replace("{day}", String(4 + n));
      const lines = await shown(sotto, question);
      of++;
      if (lines.length > 0 && lines.every((line) => line.includes(`Note ${n}.`))) right++;
    }
    for (const [question, note] of [
      ["What did I tell you yesterday?", 19],
      ["What did we talk about the first time?", 0],
      ["What did we talk about the last time?", 19],
    ] as const) {
      of++;
      if ((await shown(sotto, question)).at(-1)?.includes(`Note ${note}.`)) right++;
    }
  });
  return { probe: "a question about a time finds what was said then", right, of };
}

async function crowding(embedder: Embedder): Promise<ProbeResult> {
  let right = 0;
  const facts = ["We bought a Skoda Octavia in spring.", "Our boiler is a Thermo 40.", "My sister is called Henrike."];
  const asked = ["Which car do I drive?", "Which boiler do I have?", "What is my sister called?"];
  for (const [n, fact] of facts.entries()) {
    await withSotto(embedder, START + 90 * DAY_MS, async (sotto) => {
      await call(sotto, "fact", START, [["user", fact]]);
      const question = asked[n] as string;
      for (let k = 0; k < 60; k++)
        await call(sotto, `ask-${k}`, START + (k + 1) * DAY_MS, [
          ["user", `${LEADS[k % LEADS.length]} ${question.toLowerCase()}`],
          ["assistant", `${NO_ANSWERS[k % NO_ANSWERS.length]} (${k})`],
        ]);
      if ((await shown(sotto, question)).some((line) => line.includes(fact))) right++;
    });
  }
  return { probe: "a fact is shown though its question was asked sixty times", right, of: facts.length };
}

async function shortAnswers(embedder: Embedder): Promise<ProbeResult> {
  const asked: readonly [question: string, answer: string, later: string][] = [
    ["Do you smoke?", "No, never.", "Does the user smoke?"],
    ["How many children do you have?", "Three.", "How many children does the user have?"],
    ["On which floor do you live?", "The fifth.", "Which floor?"],
    ["What is your blood group?", "A negative.", "blood group"],
  ];
  let right = 0;
  await withSotto(embedder, START + 9 * DAY_MS, async (sotto) => {
    await call(
      sotto,
      "intake",
      START,
      asked.flatMap(
        ([question, answer]) =>
          [
            ["assistant", question],
            ["user", answer],
          ] as const,
      ),
    );
    for (const [question, answer, later] of asked)
      if ((await shown(sotto, later)).some((line) => line.includes(question) && line.includes(answer))) right++;
  });
  return { probe: "a short answer is shown with its question", right, of: asked.length };
}

async function speakers(embedder: Embedder): Promise<ProbeResult> {
  return withSotto(embedder, START + 9 * DAY_MS, async (sotto) => {
    const said = [
      ["probe", "I am allergic to nuts."],
      ["guest", "I never eat fish."],
      ["probe", "I would like a window seat."],
      ["guest", "I need a chair for a child."],
    ] as const;
    for (const [n, [speaker, text]] of said.entries())
      await sotto.recordTurn({ user: "probe", speaker, session: "table", role: "user", text, at: START + n });
    await sotto.endSession({ user: "probe", session: "table" });
    let right = 0;
    for (const [speaker, text] of said) {
      const other = speaker === "probe" ? "guest" : "probe";
      const texts = async (user: string) => (await sotto.memories(user)).map((memory) => memory.text).join("\n");
      if ((await texts(speaker)).includes(text) && !(await texts(other)).includes(text)) right++;
    }
    return { probe: "of two speakers each remembers what they said themselves", right, of: said.length };
  });
}

async function abstention(embedder: Embedder): Promise<ProbeResult> {
  let right = 0;
  await withSotto(embedder, START + 99 * DAY_MS, async (sotto) => {
    for (let n = 0; n < 400; n++)
      await call(sotto, `talk-${n}`, START + n * 3_600_000, [
        ["user", `${TALK[n % TALK.length]} That was number ${n}.`],
      ]);
    for (const question of UNKNOWN) if ((await shown(sotto, question)).length === 0) right++;
  });
  return { probe: "a question that memory cannot answer gets nothing (400 memories)", right, of: UNKNOWN.length };
}
