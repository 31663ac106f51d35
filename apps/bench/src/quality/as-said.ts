/** Ways in which a question reaches an agent. */
export const WAYS = ["clean", "chatty", "three sentences", "misheard"] as const;
export type Way = (typeof WAYS)[number];

const OPENINGS = [
  "um so yeah I was wondering,",
  "hi there, okay so,",
  "yeah hello, quick question,",
  "uh well, I mean,",
  "hey, sorry to bother you but",
  "so basically I wanted to ask,",
  "right, let me think, um,",
];
const ENDINGS = [
  ", if that makes sense, thanks",
  ", thank you so much",
  ", you know what I mean?",
  ", or something like that",
  " please, if you can help me",
  ", cheers",
  ", that would be great, thanks",
];
const BEFORE = [
  "Hi, this is Maria, I have been a customer with you for quite a long time.",
  "I was talking about this with my sister on the weekend while we were cooking dinner.",
  "I called before and the line was really bad because of the storm.",
  "It is pretty noisy here because I am on the train to work.",
];
const AFTER = [
  "My colleague said you could help me with that over the phone.",
  "I have to pick up my daughter from school in ten minutes.",
  "I have been thinking about it all day at the office.",
  "Take your time, I am just having a cup of coffee.",
];
/** Of ten words one is misheard: dropped, taken for one of a near sound, run into the next, or cut in two. */
const MISHEARD = 0.1;
const SHORTEST_TO_CUT = 5;

/** The `n`th question of a set as it is said. */
export function asSaid(question: string, way: Way, n: number): string {
  const pick = (list: readonly string[], at: number) => list[Math.floor(at) % list.length] as string;
  switch (way) {
    case "clean":
      return question;
    case "chatty":
      return `${pick(OPENINGS, n)} ${question.replace(/[?.!]+$/, "")}${pick(ENDINGS, n / OPENINGS.length)}`;
    case "three sentences": {
      const asked = /[.?!]$/.test(question) ? question : `${question}.`;
      return `${pick(BEFORE, n)} ${asked} ${pick(AFTER, n / BEFORE.length)}`;
    }
    case "misheard":
      return misheard(question, n);
  }
}

function misheard(question: string, seed: number): string {
  const random = numbersFrom(seed);
  const words = question.split(" ");
  const heard: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (random() >= MISHEARD) heard.push(word);
    else {
      const kind = random();
      if (kind < 0.25) continue;
      if (kind < 0.75) heard.push(nearSound(word));
      else if (kind < 0.875) heard.push(word + (words[++at] ?? ""));
      else if (word.length < SHORTEST_TO_CUT) heard.push(word);
      else heard.push(word.slice(0, word.length >> 1), word.slice(word.length >> 1));
    }
  }
  return heard.join(" ");
}

function nearSound(word: string): string {
  const lower = word.toLowerCase();
  const heard = lower
    .replace("ph", "f")
    .replace("ck", "k")
    .replace(/ee|ea/, "i")
    .replace(/ou|ow/, "au")
    .replace(/[aeiou]/, (vowel) => "eiaou".charAt("aeiou".indexOf(vowel)))
    .replace(/[dt]$/, (last) => (last === "d" ? "t" : "d"));
  return heard === lower ? lower.slice(0, -1) : heard;
}

/** A generator of numbers in [0, 1) that a seed decides (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
