import { pick, randomSource } from "./random.ts";

const THINGS =
  "router modem invoice refund delivery battery screen password contract outage speed cable voucher card account app antenna receiver alarm camera sensor display printer charger warranty".split(
    " ",
  );
const STATES =
  "is slow,does not start,arrived broken,was charged twice,shows an error,keeps restarting,is missing,runs out early,cannot be reached,needs an update".split(
    ",",
  );
const PLACES =
  "kitchen,office,garage,second floor,shop in Leeds,warehouse,holiday flat,garden,basement,new house".split(",");
const STEPS =
  "Unplug it for ten seconds and try again,Write to the service desk with the order number,Open the settings and choose reset,Ask for a return label,Check the cable behind the cabinet,Wait until the lamp turns green,Send us a photo of the label,Confirm the change by email".split(
    ",",
  );
const DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");

/** Passages as in a service desk's notes, some 30 words each, by number: the same number is the same passage. */
export function passages(count: number, first: number): string[] {
  return Array.from({ length: count }, (_, i) => {
    const random = randomSource(Math.imul(first + i + 1, 2_654_435_761));
    const thing = pick(random, THINGS);
    return (
      `The ${thing} in the ${pick(random, PLACES)} ${pick(random, STATES)}, model ${code(random)}. ` +
      `${pick(random, STEPS)}. If the ${pick(random, THINGS)} ${pick(random, STATES)} as well, call before ` +
      `${pick(random, DAYS)} and name case ${code(random)}. ${pick(random, STEPS)}.`
    );
  });
}

/** Questions of some ten words about the same things. */
export function questionsAbout(count: number, seed = 11): string[] {
  const random = randomSource(seed);
  return Array.from(
    { length: count },
    () => `what do I do when the ${pick(random, THINGS)} in the ${pick(random, PLACES)} ${pick(random, STATES)}`,
  );
}

function code(random: () => number): string {
  return `${"ABCDEFGHJK"[Math.floor(random() * 10)]}${1_000 + Math.floor(random() * 9_000)}`;
}
