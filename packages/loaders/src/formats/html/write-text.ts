import type { LeftOutReason } from "../../report/load-report.ts";
import { leftOutReason } from "./left-out.ts";
import { BLOCKS, type Element, isElement, type Node, textOf } from "./tree.ts";
import { asPairs, type Cell, isDataTable, rowsOf, writeTable } from "./write-table.ts";

/** Told of every text that is written, and of every element that is not. */
export interface TextEvents {
  kept(text: string, at: number): void;
  leftOut(reason: LeftOutReason, element: Element): void;
}

/** Stands for `<br>` until white space has been collapsed. */
const BREAK = "\u0001";
const MOST_INDENTED = 8;
const HEADING = /^h([1-6])$/;
/** Inline elements that stand apart from their neighbours. */
const APART: ReadonlySet<string> = new Set(["button", "label", "input", "textarea", "img", "q"]);

/**
 * Writes elements as text that reads as Markdown: headings, lists, tables with their header, fenced code; so that it can
 * be cut at them. `skip` are elements that the caller leaves out.
 */
export function writeText(root: Element, events: TextEvents, skip: ReadonlySet<Element> = new Set()): string {
  const writer = new TextWriter(events, skip);
  return writer.blocks(root.children).join("\n\n");
}

class TextWriter {
  readonly #events: TextEvents;
  readonly #skip: ReadonlySet<Element>;
  #depth = 0;

  constructor(events: TextEvents, skip: ReadonlySet<Element>) {
    this.#events = events;
    this.#skip = skip;
  }

  /** Quotes and lists within each other are marked a few levels deep: marks of a thousand levels are no text. */
  #deeper(write: () => string, mark: (text: string) => string): string {
    this.#depth++;
    const text = write();
    this.#depth--;
    return this.#depth >= MOST_INDENTED ? text : mark(text);
  }

  blocks(nodes: readonly Node[]): string[] {
    const blocks: string[] = [];
    let inline = "";
    let at = 0;
    const flush = () => {
      const text = collapsed(inline);
      if (text !== "") {
        this.#events.kept(inline, at);
        blocks.push(text);
      }
      inline = "";
    };
    for (const node of nodes) {
      if (!isElement(node) || !node.hasBlock) {
        if (inline === "") at = node.at;
        inline += this.#inline(node);
      } else if (!this.#isLeftOut(node)) {
        flush();
        blocks.push(...this.#block(node).filter((text) => text !== ""));
      }
    }
    flush();
    return blocks;
  }

  #block(element: Element): string[] {
    const { name, children } = element;
    const level = HEADING.exec(name)?.[1];
    if (level !== undefined) {
      const text = this.blocks(children).join(" ").replace(/\s+/g, " ").trim();
      return text === "" ? [] : [`${"#".repeat(Number(level))} ${text}`];
    }
    switch (name) {
      case "title":
        return [];
      case "ul":
      case "ol":
      case "menu":
      case "dir":
        return [
          this.#deeper(
            () => this.#list(element),
            (text) => text,
          ),
        ];
      case "dl":
        return [this.#definitions(element)];
      case "table":
        return this.#table(element);
      case "pre":
        return [this.#code(element)];
      case "blockquote":
        return [
          this.#deeper(
            () => this.blocks(children).join("\n\n"),
            (text) => text.replace(/^/gm, "> "),
          ),
        ];
      default:
        return this.blocks(children);
    }
  }

  #list({ name, children }: Element): string {
    const items: string[] = [];
    for (const child of children) {
      if (!isElement(child)) {
        items.push(...this.blocks([child]));
      } else if (!this.#isLeftOut(child)) {
        const own = child.name === "li" ? this.blocks(child.children) : this.blocks([child]);
        if (own.length > 0) items.push(own.join("\n"));
      }
    }
    return items
      .map((item, n) => {
        const mark = name === "ol" ? `${n + 1}. ` : "- ";
        const indent = this.#depth > MOST_INDENTED ? "" : " ".repeat(mark.length);
        return mark + item.replace(/\n/g, `\n${indent}`);
      })
      .join("\n");
  }

  /** `term: definition`, further definitions on lines of their own. */
  #definitions(list: Element): string {
    const lines: string[] = [];
    let terms: string[] = [];
    const visit = (nodes: readonly Node[]): void => {
      for (const node of nodes) {
        if (!isElement(node) || (node.name !== "dt" && node.name !== "dd" && node.name !== "div")) {
          const text = this.blocks([node]).join("\n");
          if (text !== "") lines.push(text);
        } else if (!this.#isLeftOut(node)) {
          if (node.name === "div") visit(node.children);
          else if (node.name === "dt") terms.push(this.blocks(node.children).join(" "));
          else {
            const text = this.blocks(node.children).join("\n");
            lines.push(terms.length > 0 ? `${terms.join(", ")}: ${text}` : text);
            terms = [];
          }
        }
      }
    };
    visit(list.children);
    if (terms.length > 0) lines.push(terms.join(", "));
    return lines.join("\n");
  }

  #table(table: Element): string[] {
    const rows = rowsOf(table);
    const rest = table.children.filter((child) => !isElement(child) || !PARTS_OF_TABLE.has(child.name));
    const around = this.blocks(rest);
    const written = rows.map(({ cells }) =>
      cells.filter((cell) => !this.#isLeftOut(cell)).map((cell) => ({ cell, blocks: this.blocks(cell.children) })),
    );
    const texts = written.map((cells) => cells.map(({ blocks }) => blocks.join("\n")));
    if (!isDataTable(table, rows, texts))
      return [...around, ...written.flatMap((cells) => cells.flatMap(({ blocks }) => blocks))];
    const grid = written.map((cells) => cells.map(({ cell, blocks }) => dataCell(cell, blocks)));
    const pairs = asPairs(grid);
    if (pairs !== undefined) return [...around, pairs];
    const firstBody = rows.findIndex(({ cells, inHead }) => !inHead && cells.some(({ name }) => name === "td"));
    return [...around, writeTable(grid, firstBody < 0 ? 1 : firstBody)];
  }

  /** Code in a fence, so that a line that begins with `#` is no heading. */
  #code(element: Element): string {
    const text = textOf(element).replace(/^\n/, "").replace(/\s+$/, "");
    if (text.trim() === "") return "";
    this.#events.kept(text, element.at);
    const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
    const fence = "`".repeat(longest + 1);
    return `${fence}\n${text}\n${fence}`;
  }

  #inline(node: Node): string {
    if (!isElement(node)) {
      return node.text.replaceAll(BREAK, " ");
    }
    if (this.#isLeftOut(node)) return "";
    const { name, attributes, children } = node;
    if (name === "br") return BREAK;
    if (name === "wbr") return "";
    if (name === "img" || (name === "input" && attributes.type === "image")) return this.#alternative(node);
    const text = children.map((child) => this.#inline(child)).join("");
    return APART.has(name) || BLOCKS.has(name) ? ` ${text} ` : text;
  }

  /** What a picture shows, where the page says it. */
  #alternative({ attributes }: Element): string {
    const alt = attributes.alt?.trim() ?? "";
    return alt === "" ? " " : ` ${alt} `;
  }

  #isLeftOut(element: Element): boolean {
    const reason = this.#skip.has(element) ? "navigation" : leftOutReason(element);
    if (reason !== undefined) this.#events.leftOut(reason, element);
    return reason !== undefined;
  }
}

const PARTS_OF_TABLE: ReadonlySet<string> = new Set(["tr", "thead", "tbody", "tfoot", "colgroup", "col"]);

function dataCell({ name, attributes }: Element, blocks: readonly string[]): Cell {
  const span = (value: string | undefined) => Math.max(1, Math.floor(Number(value ?? 1)) || 1);
  return {
    text: blocks.join(" ").replace(/\s*\n\s*/g, " "),
    header: name === "th",
    colspan: span(attributes.colspan),
    rowspan: attributes.rowspan === "0" ? Number.MAX_SAFE_INTEGER : span(attributes.rowspan),
  };
}

/** White space as a browser shows it; a `#` at the beginning of a line that is no heading is moved out of the way. */
function collapsed(inline: string): string {
  if (inline.trim() === "") return "";
  return inline
    .replace(/[ \t\n\r\f]+/g, " ")
    .split(BREAK)
    .map((line) => line.trim().replace(/^(?=#{1,6}(?: |$))/, "    "))
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\n+$/g, "");
}
