import type { Heading, Nodes } from "mdast";
import { leavesOf } from "../../rows/leaves.ts";
import { linesOf } from "../../rows/write-record.ts";
import type { Source } from "../../source.ts";
import { lineFinder } from "../../text/line-finder.ts";
import { parseTree } from "../html/tree.ts";
import { writeText } from "../html/write-text.ts";
import type { LoadedPart, Loader } from "../loader.ts";
import { endOf, parseBlocks, parseInline, startOf } from "./blocks.ts";
import { frontMatter } from "./front-matter.ts";

/**
 * Markdown: one document; front matter in YAML or TOML becomes metadata, the title is the front matter's or the first
 * heading's. Comments are left out, HTML within is written as Markdown; in MDX, imports, exports and tags are left out.
 */
export const markdownLoader: Loader = {
  type: "markdown",
  extensions: [".md", ".markdown", ".mdx", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd"],
  load(source) {
    const whole = source.text();
    const { metadata, end, broken } = frontMatter(whole);
    if (broken !== undefined)
      source.ledger.leaveOut("read as written", "line 1", "", `front matter that is not ${broken}`);
    for (const { values } of leavesOf(metadata).leaves)
      for (const value of values) source.ledger.read(String(value), "front matter");
    const isMdx = source.name.toLowerCase().endsWith(".mdx");
    const { text: body, heading } = plainMarkdown(whole.slice(end), lineFinder(whole)(end) - 1, isMdx, source);
    // A page of front matter alone says what it says there.
    const text = body.trim() === "" ? linesOf("", metadata).join("\n") : body;
    const title = typeof metadata.title === "string" && metadata.title !== "" ? metadata.title : heading;
    return [
      { text: withSummary(text, metadata), metadata, ...(title === undefined ? {} : { title }) },
    ] satisfies LoadedPart[];
  },
};

/** What a page says about itself only in its front matter is searched with its text. */
const SUMMARIES = ["description", "summary", "subtitle", "excerpt"];

function withSummary(text: string, metadata: Readonly<Record<string, unknown>>): string {
  const said = SUMMARIES.map((name) => metadata[name]).filter(
    (value) => typeof value === "string" && value.trim() !== "",
  );
  const fresh = said.filter((value) => !text.includes(String(value)));
  return fresh.length === 0 ? text : `${fresh.join("\n\n")}\n\n${text}`;
}

/** Where a title stands, if anywhere. */
const BEGINNING_CHARS = 8_000;

interface Cut {
  start: number;
  end: number;
  instead: string;
}

/** The text without comments and tags, and its first heading. */
function plainMarkdown(
  text: string,
  firstLine: number,
  isMdx: boolean,
  source: Source,
): { text: string; heading?: string } {
  // Without tags there is nothing to take out, and only the first heading to find.
  const isPlain = !text.includes("<") && !isMdx && text.length > BEGINNING_CHARS;
  const beginning = isPlain ? text.slice(0, text.lastIndexOf("\n\n", BEGINNING_CHARS) + 1) : text;
  const cuts: Cut[] = [];
  const lineAt = lineFinder(text);
  let heading: string | undefined;
  const leaveOut = (reason: "comment" | "script", at: number, what: string) =>
    source.ledger.leaveOut(reason, `line ${firstLine + lineAt(at)}`, what);
  const visit = (node: Nodes): void => {
    const [start, end] = [startOf(node), endOf(node)];
    const own = text.slice(start, end);
    if (node.type === "heading" && heading === undefined) heading = plainText(node, text) || undefined;
    if (node.type === "html")
      cuts.push({ start, end, instead: htmlAsText(own, source, (what) => leaveOut("comment", start, what)) });
    else if (node.type === "paragraph" && isMdx && /^(?:import|export)\s/.test(own)) {
      leaveOut("script", start, own);
      cuts.push({ start, end, instead: "" });
    } else if (node.type === "paragraph" || node.type === "heading") {
      if (own.includes("<") || (isMdx && own.includes("{/*")))
        cuts.push(...inlineCuts(own, start, isMdx, (what) => leaveOut("comment", start, what)));
    } else if ("children" in node) for (const child of node.children) visit(child);
  };
  const parse = (part: string) => {
    const root = parseBlocks(part);
    if (root !== undefined) visit(root);
  };
  parse(beginning);
  if (heading === undefined && beginning !== text) parse(text);
  let plain = "";
  let at = 0;
  for (const { start, end, instead } of cuts) {
    plain += text.slice(at, start) + instead;
    at = end;
  }
  plain += text.slice(at);
  const lines = plain.split("\n");
  for (const line of lines) source.ledger.read(line);
  return { text: plain, ...(heading === undefined ? {} : { heading }) };
}

/** A block of HTML as text; comments go to `onComment`. A block may hold an opening tag alone. */
function htmlAsText(html: string, source: Source, onComment: (text: string) => void): string {
  const { root, comments } = parseTree(html, { nesting: source.limits.nesting });
  for (const { text } of comments) onComment(text);
  return writeText(root, {
    kept() {},
    leftOut(reason, element) {
      if (element.name !== "style") source.ledger.leaveOut(reason, "", plainTextOf(element));
    },
  });
}

function plainTextOf(node: Parameters<typeof writeText>[0]): string {
  return node.children.map((child) => ("name" in child ? plainTextOf(child) : child.text)).join("");
}

const COMMENT = "<!--";

/** Tags and comments within a paragraph, by the parser where that is safe, else comments alone. */
function inlineCuts(text: string, offset: number, isMdx: boolean, onComment: (text: string) => void): Cut[] {
  const cuts: Cut[] = [];
  const root = parseInline(text);
  const cut = (start: number, end: number, instead: string) =>
    cuts.push({ start: offset + start, end: offset + end, instead });
  if (root === undefined) {
    for (let at = text.indexOf(COMMENT); at >= 0; ) {
      const end = text.indexOf("-->", at);
      if (end < 0) break;
      onComment(text.slice(at + COMMENT.length, end));
      cut(at, end + 3, "");
      at = text.indexOf(COMMENT, end);
    }
    return cuts;
  }
  const visit = (node: Nodes): void => {
    const [start, end] = [startOf(node), endOf(node)];
    if (node.type === "html") {
      const own = text.slice(start, end);
      if (own.startsWith(COMMENT)) onComment(own.slice(COMMENT.length, -3));
      cut(
        start,
        end,
        /^<br\b/i.test(own) ? "\n" : (/\balt=(?:"([^"]*)"|'([^']*)')/i.exec(own)?.slice(1).join("") ?? ""),
      );
    } else if (node.type === "text" && isMdx) {
      const own = text.slice(start, end);
      for (const match of own.matchAll(/\{\/\*(.*?)\*\/\}/gs)) {
        onComment(match[1] ?? "");
        cut(start + match.index, start + match.index + match[0].length, "");
      }
    } else if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(root);
  return cuts;
}

/** A heading without its marks. */
function plainText(heading: Heading, text: string): string {
  const [first] = heading.children;
  const last = heading.children.at(-1);
  if (first === undefined || last === undefined) return "";
  const own = text.slice(startOf(first), endOf(last));
  const root = parseInline(own);
  return (root === undefined ? own : textWithin(root)).replace(/\s+/g, " ").trim();
}

function textWithin(node: Nodes): string {
  if (node.type === "text" || node.type === "inlineCode") return node.value;
  if (node.type === "image") return node.alt ?? "";
  if (node.type === "break") return " ";
  return "children" in node ? node.children.map((child) => textWithin(child)).join("") : "";
}
