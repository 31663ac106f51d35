import { dutch } from "./dutch.ts";
import { english } from "./english.ts";
import { french } from "./french.ts";
import { german } from "./german.ts";
import { italian } from "./italian.ts";
import type { LanguageWords } from "./language-words.ts";
import { portuguese } from "./portuguese.ts";
import { spanish } from "./spanish.ts";

export type { LanguageWords } from "./language-words.ts";
export { english };

/** The languages whose spoken forms are known; English first, which is taken where a text tells nothing. */
export const spokenLanguages: readonly LanguageWords[] = [english, german, spanish, french, portuguese, italian, dutch];
