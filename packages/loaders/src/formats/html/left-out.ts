import type { LeftOutReason } from "../../report/load-report.ts";
import { countChars } from "../../report/words.ts";
import { type Element, isElement, type Node } from "./tree.ts";

/** Elements whose text is no text of the page. */
const BY_NAME: Readonly<Record<string, LeftOutReason>> = {
  script: "script",
  style: "script",
  template: "hidden",
  noscript: "hidden",
  svg: "embedded",
  iframe: "embedded",
  object: "embedded",
  canvas: "embedded",
  audio: "embedded",
  video: "embedded",
  select: "form",
  datalist: "form",
  nav: "navigation",
};

const NAVIGATION_NAMES =
  /(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|pagination|pager|toc|sitemap|langs?|languages?)(?:$|[\s_-])/i;
const COOKIE_NAMES = /(?:^|[\s_-])(?:cookie|consent|gdpr)(?:s|$|[\s_-])/i;
/** With more of its text in links a header, footer or menu is for finding the way. */
const LINK_SHARE = 0.5;

/** Why an element is left out; undefined when it is kept. */
export function leftOutReason(element: Element): LeftOutReason | undefined {
  const { name, attributes } = element;
  const byName = BY_NAME[name];
  if (byName !== undefined) return byName;
  if (isHidden(element)) return "hidden";
  const { role = "", id = "", class: classes = "" } = attributes;
  if (role === "navigation" || role === "search" || role === "menu" || role === "menubar") return "navigation";
  const isPart = name === "header" || name === "footer" || NAVIGATION_NAMES.test(id) || NAVIGATION_NAMES.test(classes);
  if (isPart && name !== "body" && name !== "main" && linkShare(element) > LINK_SHARE) return "navigation";
  return (COOKIE_NAMES.test(id) || COOKIE_NAMES.test(classes)) && textChars(element) < 3_000 ? "navigation" : undefined;
}

function isHidden({ name, attributes }: Element): boolean {
  const { hidden, style = "", type } = attributes;
  if (hidden !== undefined && hidden !== "until-found") return true;
  if (/display\s*:\s*none|visibility\s*:\s*hidden/i.test(style)) return true;
  if (name === "dialog") return attributes.open === undefined;
  return name === "input" && type === "hidden";
}

/** Share of the letters that stand in links. */
export function linkShare(element: Element): number {
  const { all, inLinks } = charsOf(element);
  return all === 0 ? 0 : inLinks / all;
}

/** Letters and digits below an element that are shown. */
export function textChars(node: Node): number {
  return isElement(node) ? charsOf(node).all : countChars(node.text);
}

/** Counted once for each element, however often it is asked. */
const counted = new WeakMap<Element, { all: number; inLinks: number }>();

function charsOf(element: Element): { all: number; inLinks: number } {
  const known = counted.get(element);
  if (known !== undefined) return known;
  const chars = { all: 0, inLinks: 0 };
  const { name, children } = element;
  if (name !== "script" && name !== "style" && name !== "template" && !isHidden(element)) {
    for (const child of children) {
      const below = isElement(child) ? charsOf(child) : { all: countChars(child.text), inLinks: 0 };
      chars.all += below.all;
      chars.inLinks += below.inLinks;
    }
    if (name === "a") chars.inLinks = chars.all;
  }
  counted.set(element, chars);
  return chars;
}
