import type { Source } from "../../source.ts";
import { declaredCharset, htmlPart } from "../html/html.ts";
import { type Element, isElement, parseTree } from "../html/tree.ts";
import { writeText } from "../html/write-text.ts";
import type { LoadedPart, Loader } from "../loader.ts";
import { valueParts } from "../records/value-parts.ts";

/** XML: elements that repeat are rows, as in JSON; feeds, product lists, exports. */
export const xmlLoader: Loader = {
  type: "xml",
  extensions: [".xml", ".rss", ".atom"],
  load(source) {
    const text = source.text(declaredCharset);
    const { root, comments } = parseTree(text, { nesting: source.limits.nesting, xml: true });
    const top = root.children.find((child): child is Element => isElement(child) && !child.name.startsWith("?"));
    if (top === undefined) return [];
    if (top.name.toLowerCase() === "html") return [htmlPart(text, source)];
    for (const comment of comments) source.ledger.leaveOut("comment", "", comment.text);
    return xmlParts(top, source);
  },
};

function xmlParts(top: Element, source: Source): LoadedPart[] {
  const value = valueIn(top, source);
  return valueParts(typeof value === "object" ? value : { [top.name]: value }, source);
}

type Value = string | { [name: string]: Value | Value[] };

/** An element as a value: its attributes and children by name, repeated ones as a list; text alone as a string. */
function valueIn(element: Element, source: Source): Value {
  const fields: { [name: string]: Value | Value[] } = {};
  const add = (name: string, value: Value) => {
    const there = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (there === undefined) fields[name] = value;
    else if (Array.isArray(there)) there.push(value);
    else fields[name] = [there, value];
  };
  for (const [name, value] of Object.entries(element.attributes)) if (!name.startsWith("xmlns")) add(name, value);
  let text = "";
  for (const child of element.children) {
    if (isElement(child)) add(child.name, valueIn(child, source));
    else text += child.text;
  }
  const own = plain(text, source);
  if (Object.keys(fields).length === 0) return own;
  if (own !== "") add("text", own);
  return fields;
}

/** Feeds hold HTML in text. */
function plain(text: string, source: Source): string {
  if (!/<(?:p|br|div|a|ul|li|b|i|em|strong|h[1-6]|img|span|table)\b[^>]*>/i.test(text)) return text.trim();
  const { root } = parseTree(text, { nesting: source.limits.nesting });
  return writeText(root, { kept() {}, leftOut() {} });
}
