import type { Source } from "../../source.ts";
import { lineFinder } from "../../text/line-finder.ts";
import type { LoadedPart, Loader } from "../loader.ts";
import { mainContent } from "./main-content.ts";
import { type Element, find, parseTree, type Tree, textOf } from "./tree.ts";
import { writeText } from "./write-text.ts";

/**
 * HTML: one document of the text that a reader sees, of `<main>` where the text is there; without menus, scripts and
 * what is hidden. Headings, lists, tables and code are written as Markdown.
 */
export const htmlLoader: Loader = {
  type: "html",
  extensions: [".html", ".htm", ".xhtml", ".shtml", ".asp", ".aspx", ".php", ".jsp"],
  load(source) {
    const part = htmlPart(source.text(declaredCharset), source);
    return part.text === "" ? [] : [part];
  },
};

/** `<meta charset>`, `<meta http-equiv content="…; charset=…">` or an XML declaration. */
export function declaredCharset(beginning: string): string | undefined {
  const meta = /<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(beginning)?.[1];
  return meta ?? /^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(beginning)?.[1];
}

/** One page, or a piece of one; an EPUB's chapter and a mail's body come through here too. */
export function htmlPart(html: string, source: Source): LoadedPart {
  const { nesting } = source.limits;
  const tree = parseTree(html, { nesting });
  const { ledger } = source;
  const lineOf = lineFinder(html);
  const { root, aside } = mainContent(tree.root);
  for (const { text, at } of tree.comments) ledger.leaveOut("comment", `line ${lineOf(at)}`, text);
  enterOutside(tree.root, root, (element) =>
    ledger.leaveOut("navigation", `line ${lineOf(element.at)}`, textOf(element)),
  );
  const text = writeText(
    root,
    {
      kept: (kept, at) => ledger.read(kept, "line", lineOf(at)),
      leftOut(reason, element) {
        // Programs and style sheets hold no text at all.
        if (element.name === "style") return;
        ledger.leaveOut(reason, `line ${lineOf(element.at)}`, reason === "script" ? "" : textOf(element));
      },
    },
    aside,
  );
  const title = titleOf(tree, text);
  const element = findOutsideSvg(tree.root, "title");
  if (element !== undefined && text === "")
    ledger.leaveOut("no text", `line ${lineOf(element.at)}`, textOf(element), "a title alone");
  else if (element !== undefined) ledger.read(textOf(element), "line", lineOf(element.at));
  return { text, metadata: metadataOf(tree.root), ...(title === undefined ? {} : { title }) };
}

/** Enters what stands outside of the part of the page that is read. */
function enterOutside(node: Element, root: Element, enter: (element: Element) => void): void {
  if (node === root) return;
  for (const child of node.children) {
    if (!("name" in child) || child.name === "head" || child.name === "title" || child === root) continue;
    if (contains(child, root)) enterOutside(child, root, enter);
    else if (child.name !== "style" && child.name !== "script" && textOf(child).trim() !== "") enter(child);
  }
}

function contains(element: Element, wanted: Element): boolean {
  return find(element, (each) => each === wanted) !== undefined;
}

/** The page's `<title>` (not one in a picture), else its `og:title`, else its first heading. */
function titleOf({ root }: Tree, text: string): string | undefined {
  const element = findOutsideSvg(root, "title");
  const own = element === undefined ? "" : textOf(element).replace(/\s+/g, " ").trim();
  return own || metaOf(root, "og:title") || /^#{1,6} (\S.*)$/m.exec(text)?.[1]?.trim() || undefined;
}

function findOutsideSvg(node: Element, name: string): Element | undefined {
  for (const child of node.children) {
    if (!("name" in child) || child.name === "svg") continue;
    const found = child.name === name ? child : findOutsideSvg(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

const META = ["description", "author", "keywords", "date"];

function metadataOf(root: Element): Record<string, unknown> {
  const metadata: Record<string, unknown> = {};
  for (const name of META) {
    const content = metaOf(root, name);
    if (content === undefined) continue;
    metadata[name] =
      name === "keywords"
        ? content
            .split(",")
            .map((word) => word.trim())
            .filter(Boolean)
        : content;
  }
  const language = find(root, ({ name }) => name === "html")?.attributes.lang?.trim();
  return language ? { ...metadata, language } : metadata;
}

function metaOf(root: Element, wanted: string): string | undefined {
  const meta = find(root, ({ name, attributes }) => {
    return name === "meta" && (attributes.name ?? attributes.property ?? "").toLowerCase() === wanted;
  });
  return meta?.attributes.content?.trim() || undefined;
}
