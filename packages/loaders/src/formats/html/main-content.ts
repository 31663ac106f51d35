import { leftOutReason, textChars } from "./left-out.ts";
import { type Element, elementsOf, find, isElement } from "./tree.ts";

/** A `<main>` with less of the page's text than this is not where the text is. */
const LEAST_MAIN = 0.3;
/** A sidebar with more of it is no sidebar. */
const MOST_ASIDE = 0.5;

export interface MainContent {
  root: Element;
  /** Elements outside of it, or within, that are for finding the way; left out. */
  aside: ReadonlySet<Element>;
}

/**
 * Where the text of a page is: `<main>` where it holds a fair part of it, else the body without its sidebars. What is
 * left out by element (menus, hidden, scripts) is judged apart, by `leftOutReason`.
 */
export function mainContent(root: Element): MainContent {
  const body = find(root, ({ name }) => name === "body") ?? root;
  const main = find(body, ({ name, attributes }) => name === "main" || attributes.role === "main");
  const total = proseChars(body);
  if (main !== undefined && proseChars(main) >= LEAST_MAIN * total) return { root: main, aside: new Set() };
  const aside = new Set<Element>();
  for (const element of elementsOf(body)) {
    const isAside = element.name === "aside" || element.attributes.role === "complementary";
    if (isAside && proseChars(element) <= MOST_ASIDE * total) aside.add(element);
  }
  return { root: body, aside };
}

/** Letters outside of links and of what is left out anyway. */
function proseChars(element: Element): number {
  let sum = 0;
  for (const child of element.children) {
    if (!isElement(child)) sum += textChars(child);
    else if (child.name !== "a" && leftOutReason(child) === undefined) sum += proseChars(child);
  }
  return sum;
}
