// npm run measure                             by language, on the facts of facts.json
// npm run measure -- --xquad FOLDER           the same on the files of XQuAD
// npm run measure -- --sets FOLDER            by alpha, with cosines, on the *.ir.json of a folder
// npm run measure -- --names [--sets FOLDER]  what the names of speakers do to its vectors
// npm run measure -- --speed
//
// nDCG@10 in percent, by Sotto's own search. Needs the built packages: npx turbo run build --filter=@sotto/embed-multilingual
import { parseArgs } from "node:util";
import { staticEmbedder } from "@sotto/core";
import { multilingual } from "@sotto/embed-multilingual";
import { withNames } from "./names.ts";
import { cosines, factSets, readSets, scoreSet } from "./quality.ts";
import { measureSpeed } from "./speed.ts";
import { readXQuad } from "./xquad.ts";

const { values } = parseArgs({
  options: {
    sets: { type: "string" },
    xquad: { type: "string" },
    names: { type: "boolean", default: false },
    speed: { type: "boolean", default: false },
  },
});
const number = (value: number) => value.toFixed(1).padStart(6);

if (values.speed) {
  for (const [name, value] of Object.entries(await measureSpeed())) console.log(name.padEnd(20), value.toFixed(2));
} else if (values.names) {
  console.log("vectors alone     plain  with names in questions and documents");
  const languages = multilingual();
  const sets = factSets().filter(({ name }) => ["en", "de", "es", "tr", "zh"].includes(name));
  for (const set of [...sets, ...(values.sets === undefined ? [] : readSets(values.sets))]) {
    const [plain] = (await scoreSet(set, languages, [1])) as [number];
    const [named] = (await scoreSet(withNames(set), languages, [1])) as [number];
    console.log(set.name.padEnd(16), number(plain), number(named));
  }
} else if (values.sets === undefined) {
  const languages = multilingual();
  console.log("set               words  static  by default  alone");
  for (const set of values.xquad === undefined ? factSets() : readXQuad(values.xquad)) {
    const [words, own, alone] = (await scoreSet(set, languages, [0, undefined, 1])) as [number, number, number];
    const [before] = (await scoreSet(set, staticEmbedder(), [undefined])) as [number];
    console.log(set.name.padEnd(16), number(words), number(before), number(own).padStart(11), number(alone));
  }
} else {
  const languages = multilingual();
  const alphas = [0, 0.2, 0.3, 0.4, 0.5, 0.7, 1];
  console.log("set".padEnd(16), alphas.map((alpha) => `${alpha}`.padStart(6)).join(" "));
  for (const set of readSets(values.sets)) {
    console.log(set.name.padEnd(16), (await scoreSet(set, languages, alphas)).map(number).join(" "));
    const { relevant, other } = await cosines(set, languages);
    const shown = (list: readonly number[]) => list.map((value) => value.toFixed(2)).join(" ");
    console.log(`  cosines at 5, 50 and 95 %: of what answers ${shown(relevant)}, of what does not ${shown(other)}`);
  }
}
