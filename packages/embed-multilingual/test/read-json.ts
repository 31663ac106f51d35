import { readFileSync } from "node:fs";

/** A file of this folder. */
export function readJson<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8")) as Content;
}
