import { Parser } from "htmlparser2";
import { overLimit } from "../../load-error.ts";

/** An element, light: what a loader needs and no more. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: Node[];
  /** Offset in the source. */
  at: number;
  /** Whether it is a block, or holds one. */
  hasBlock: boolean;
}

export interface Text {
  text: string;
  at: number;
}

export type Node = Element | Text;

export interface Tree {
  root: Element;
  comments: Text[];
}

export function isElement(node: Node): node is Element {
  return "name" in node;
}

/** Elements that begin on a line of their own. */
export const BLOCKS: ReadonlySet<string> = new Set(
  "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option p pre section summary table tbody td tfoot th thead title tr ul".split(
    " ",
  ),
);

/** Elements open at once; the parser's own stack is slow beyond it. */
const MOST_OPEN = 20_000;

/**
 * Parses HTML, or XML with `xml`, as browsers would take it, nothing thrown but for too many elements within each other.
 * What is nested deeper than `nesting` stands beside its ancestors instead of in them.
 */
export function parseTree(source: string, { nesting, xml = false }: { nesting: number; xml?: boolean }): Tree {
  const root: Element = { name: "", attributes: {}, children: [], at: 0, hasBlock: true };
  const comments: Text[] = [];
  const stack: Element[] = [root];
  let deeper = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = { name, attributes, children: [], at: parser.startIndex, hasBlock: !xml && BLOCKS.has(name) };
        stack.at(-1)?.children.push(element);
        if (element.hasBlock) markBlocks(stack);
        if (stack.length <= nesting) stack.push(element);
        else if (++deeper > MOST_OPEN) throw overLimit("nesting", MOST_OPEN, undefined, "elements within each other");
      },
      onclosetag() {
        if (deeper > 0) deeper--;
        else if (stack.length > 1) stack.pop();
      },
      ontext(text) {
        const children = stack.at(-1)?.children ?? root.children;
        const last = children.at(-1);
        if (last !== undefined && !isElement(last)) last.text += text;
        else children.push({ text, at: parser.startIndex });
      },
      oncomment(text) {
        comments.push({ text, at: parser.startIndex });
      },
    },
    { xmlMode: xml, decodeEntities: true, lowerCaseTags: !xml, lowerCaseAttributeNames: !xml, recognizeCDATA: xml },
  );
  parser.write(source);
  parser.end();
  return { root, comments };
}

/** From the innermost open element on, until one is marked already. */
function markBlocks(stack: readonly Element[]): void {
  for (let at = stack.length - 1; at >= 0; at--) {
    const element = stack[at];
    if (element === undefined || element.hasBlock) return;
    element.hasBlock = true;
  }
}

/** All text below, as it stands. */
export function textOf(node: Node): string {
  if (!isElement(node)) return node.text;
  return node.children.map(textOf).join("");
}

/** Elements below in document order, the element itself first. */
export function* elementsOf(node: Node): Generator<Element> {
  if (!isElement(node)) return;
  yield node;
  for (const child of node.children) yield* elementsOf(child);
}

export function find(node: Node, test: (element: Element) => boolean): Element | undefined {
  if (!isElement(node)) return undefined;
  if (test(node)) return node;
  for (const child of node.children) {
    const found = find(child, test);
    if (found !== undefined) return found;
  }
  return undefined;
}
