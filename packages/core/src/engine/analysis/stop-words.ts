import { english } from "./languages/index.ts";

/** English words that carry little meaning alone, as `analyze` writes them (`don't` is `dont`). */
export const stopWords: ReadonlySet<string> = new Set(english.stopWords);
