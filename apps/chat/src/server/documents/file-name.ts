import { extname } from "node:path";
import { typesByExtension } from "@sotto/loaders";
import { badRequest } from "../http/request-error.ts";

const MOST_CHARS = 120;

/** Files that can be uploaded, by the ends of their names. */
export const EXTENSIONS: readonly string[] = [...typesByExtension().keys()];

/** The bare name of an uploaded file, safe as a file and as an id. @throws RequestError 400 for a kind that cannot be read */
export function fileName(given: string): string {
  const base = given.split(/[/\\]/).at(-1) ?? "";
  const name = base
    .replace(/\p{Cc}|\p{Cs}/gu, "")
    .replace(/[#:?*"<>|]/g, "_")
    .replace(/^\.+/, "")
    .trim();
  if (name === "") throw badRequest("The file has no name.");
  if (name.length > MOST_CHARS) {
    throw badRequest(`The file's name has ${name.length} characters; at most ${MOST_CHARS} are possible.`);
  }
  if (!EXTENSIONS.includes(extname(name).toLowerCase())) {
    throw badRequest(`${name} is of a kind that cannot be read. These can: ${EXTENSIONS.join(", ")}.`);
  }
  return name;
}
