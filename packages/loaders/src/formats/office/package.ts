import { unzipSync } from "fflate";
import { overLimit, unreadable } from "../../load-error.ts";
import type { Source } from "../../source.ts";
import { type Element, elementsOf, isElement, parseTree } from "../html/tree.ts";

/** A packed office file: its parts by name. */
export class OfficePackage {
  readonly #parts: ReadonlyMap<string, Uint8Array>;
  readonly #nesting: number;

  /** Unpacks the parts whose name is wanted. Throws `loader.limit` when they are too large together. */
  constructor(source: Source, wanted: (name: string) => boolean) {
    const { bytes, limits } = source;
    if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
      throw unreadable(
        "it is encrypted, or of the format before 2007: save it again without a password, in the current format",
      );
    let total = 0;
    const filter = ({ name, originalSize }: { name: string; originalSize: number }) => {
      if (!wanted(name)) return false;
      total += originalSize;
      if (total > limits.expandedBytes) throw overLimit("expandedBytes", limits.expandedBytes, total, "bytes unpacked");
      return true;
    };
    this.#parts = new Map(Object.entries(unzipSync(bytes, { filter })));
    this.#nesting = limits.nesting;
  }

  get names(): string[] {
    return [...this.#parts.keys()];
  }

  text(name: string): string | undefined {
    const bytes = this.#parts.get(name.replace(/^\//, ""));
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  bytes(name: string): Uint8Array | undefined {
    return this.#parts.get(name);
  }

  xml(name: string): Element | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parseTree(text, { nesting: this.#nesting, xml: true }).root;
  }

  /** Targets of a part's relations, by id, as names of parts. */
  relations(part: string): Map<string, { target: string; type: string }> {
    const slash = part.lastIndexOf("/");
    const folder = part.slice(0, slash + 1);
    const root = this.xml(`${folder}_rels/${part.slice(slash + 1)}.rels`);
    const found = new Map<string, { target: string; type: string }>();
    if (root === undefined) return found;
    for (const element of elementsOf(root)) {
      const { Id, Target, Type = "" } = element.attributes;
      if (local(element) === "Relationship" && Id !== undefined && Target !== undefined) {
        found.set(Id, { target: resolvePath(folder, Target), type: Type.slice(Type.lastIndexOf("/") + 1) });
      }
    }
    return found;
  }

  /** Title, author and date that the file says about itself. */
  properties(): { title?: string; metadata: Record<string, unknown> } {
    const root = this.xml("docProps/core.xml");
    const said = new Map<string, string>();
    if (root !== undefined) for (const element of elementsOf(root)) said.set(local(element), textOfXml(element).trim());
    const title = said.get("title");
    const metadata = { author: said.get("creator"), modified: said.get("modified"), keywords: said.get("keywords") };
    return {
      ...(title ? { title } : {}),
      metadata: Object.fromEntries(Object.entries(metadata).filter(([, value]) => value)),
    };
  }
}

/** Parts that hold text beside the main ones: drawn diagrams and text boxes, charts, comments. */
export const BESIDES =
  /\/(?:charts\/chart|diagrams\/data|drawings\/drawing|comments|threadedComments)[^/]*(?:\/[^/]*)?\.xml$/i;

/** The texts and values of a drawing or a chart, one a line. */
export function drawnText(root: Element | undefined): string {
  if (root === undefined) return "";
  const lines: string[] = [];
  for (const element of elementsOf(root)) {
    const name = local(element);
    if (name === "p" || name === "v") {
      const runs = name === "v" ? [element] : [...elementsOf(element)].filter((each) => local(each) === "t");
      const text = runs.map(textOfXml).join("").trim();
      if (text !== "") lines.push(text);
    }
  }
  return lines.join("\n");
}

/** An element's name without its prefix. */
export function local({ name }: Element): string {
  return name.slice(name.indexOf(":") + 1);
}

export function childrenNamed(element: Element, name: string): Element[] {
  return element.children.filter(isElement).filter((child) => local(child) === name);
}

export function childNamed(element: Element | undefined, name: string): Element | undefined {
  return element === undefined ? undefined : childrenNamed(element, name)[0];
}

/** An attribute by its name without a prefix. */
export function attribute(element: Element | undefined, name: string): string | undefined {
  if (element === undefined) return undefined;
  if (element.attributes[name] !== undefined) return element.attributes[name];
  const found = Object.keys(element.attributes).find((key) => key.endsWith(`:${name}`));
  return found === undefined ? undefined : element.attributes[found];
}

export function textOfXml(element: Element): string {
  return element.children.map((child) => (isElement(child) ? textOfXml(child) : child.text)).join("");
}

export function resolvePath(folder: string, target: string): string {
  if (target.startsWith("/")) return target.slice(1);
  const parts: string[] = [];
  for (const part of (folder + target).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
