import { parse } from "yaml";
import { decodeText } from "../files/decode-text.ts";
import type { Loader } from "./loader.ts";

const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;

/** Markdown: one document; YAML front matter becomes metadata, the title is the front matter's or the first heading. */
export const markdownLoader: Loader = {
  type: "markdown",
  extensions: [".md", ".markdown", ".mdx"],
  load({ bytes }) {
    const source = decodeText(bytes);
    const { metadata, text } = splitFrontMatter(source);
    const title = typeof metadata.title === "string" && metadata.title !== "" ? metadata.title : firstHeading(text);
    return [{ text, metadata, ...(title === undefined ? {} : { title }) }];
  },
};

function splitFrontMatter(source: string): { metadata: Record<string, unknown>; text: string } {
  const match = FRONT_MATTER.exec(source);
  if (match === null) return { metadata: {}, text: source };
  try {
    const metadata: unknown = parse(match[1] as string);
    if (typeof metadata === "object" && metadata !== null && !Array.isArray(metadata)) {
      return { metadata: metadata as Record<string, unknown>, text: source.slice(match[0].length) };
    }
  } catch {
    // Two rules around something that is no YAML are Markdown like any other.
  }
  return { metadata: {}, text: source };
}

/** The first `# heading` (of any level) outside fenced code, without its markup. */
function firstHeading(text: string): string | undefined {
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (marker !== undefined) {
      if (fence === undefined) fence = marker;
      else if (marker[0] === fence[0] && marker.length >= fence.length) fence = undefined;
      continue;
    }
    const heading = fence === undefined ? /^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$/.exec(line)?.[1] : undefined;
    const plain = heading === undefined ? "" : plainText(heading);
    if (plain !== "") return plain;
  }
  return undefined;
}

function plainText(heading: string): string {
  return heading
    .replace(/<[^>]*>/g, "")
    .replace(/!\[[^\]]*\](\([^)]*\)|\[[^\]]*\])/g, "")
    .replace(/\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, "$1")
    .replace(/[`*]/g, "")
    .trim();
}
