import type { Ledger } from "../../report/ledger.ts";
import { type Element, elementsOf, isElement } from "../html/tree.ts";
import { type Cell, writeTable } from "../html/write-table.ts";
import { attribute, childNamed, childrenNamed, local, textOfXml } from "./package.ts";

/** Writes the elements of WordprocessingML as text. */
export class DocxWriter {
  /** The first paragraph in the style of a title. */
  title: string | undefined;
  readonly #ledger: Ledger;
  readonly #levels: ReadonlyMap<string, number>;
  #paragraph = 0;

  constructor(ledger: Ledger, levels: ReadonlyMap<string, number>) {
    this.#ledger = ledger;
    this.#levels = levels;
  }

  /** Paragraphs and tables below an element. Items of a list stand together. */
  blocks(container: Element): string[] {
    const blocks: string[] = [];
    let inList = false;
    for (const child of container.children.filter(isElement)) {
      const name = local(child);
      if (name === "p") {
        const { text, isItem } = this.#paragraphText(child);
        if (text.trim() === "") continue;
        const last = blocks.length - 1;
        if (isItem && inList) blocks[last] = `${blocks[last]}\n${text}`;
        else blocks.push(text);
        inList = isItem;
        continue;
      }
      inList = false;
      if (name === "tbl") blocks.push(...this.#table(child));
      else if (name === "AlternateContent") blocks.push(...this.blocks(choiceOf(child)));
      else if (name !== "sectPr" && name !== "pPr") blocks.push(...this.blocks(child));
    }
    return blocks;
  }

  #paragraphText(paragraph: Element): { text: string; isItem: boolean } {
    this.#paragraph++;
    const inner: string[] = [];
    const own = this.#inline(paragraph, inner)
      .replace(/[ \t]+\n/g, "\n")
      .trim();
    if (own !== "") this.#ledger.read(own, "paragraph", this.#paragraph);
    const properties = childNamed(paragraph, "pPr");
    const level = this.#levelOf(properties);
    const list = childNamed(properties, "numPr");
    const isItem = list !== undefined && level === undefined && own !== "";
    const depth = Number(attribute(childNamed(list, "ilvl"), "val") ?? 0);
    if (level === 0) this.title ??= own;
    let text = own;
    if (own !== "" && level !== undefined)
      text = `${"#".repeat(Math.min(6, Math.max(1, level)))} ${own.replace(/\s+/g, " ")}`;
    else if (isItem) text = `${"  ".repeat(Math.min(8, depth))}- ${own}`;
    return { text: [text, ...inner].filter((each) => each !== "").join("\n\n"), isItem };
  }

  #levelOf(properties: Element | undefined): number | undefined {
    const style = attribute(childNamed(properties, "pStyle"), "val");
    const outline = attribute(childNamed(properties, "outlineLvl"), "val");
    if (outline !== undefined && Number(outline) < 6) return Number(outline) + 1;
    return style === undefined ? undefined : this.#levels.get(style);
  }

  /** The text of runs; text boxes, which stand beside it, go to `inner`. */
  #inline(element: Element, inner: string[]): string {
    let text = "";
    for (const child of element.children.filter(isElement)) {
      switch (local(child)) {
        case "t":
          text += textOfXml(child);
          break;
        case "tab":
          text += "\t";
          break;
        case "br":
        case "cr":
          text += "\n";
          break;
        case "noBreakHyphen":
          text += "-";
          break;
        case "footnoteReference":
        case "endnoteReference":
          text += `[${attribute(child, "id") ?? ""}]`;
          break;
        case "del":
        case "moveFrom":
          this.#leaveOut("deleted", child, "delText");
          break;
        case "r":
          if (isHidden(child)) this.#leaveOut("hidden", child, "t");
          else text += this.#inline(child, inner);
          break;
        case "AlternateContent":
          text += this.#inline(choiceOf(child), inner);
          break;
        case "txbxContent":
          inner.push(...this.blocks(child));
          break;
        case "docPr":
          text += this.#alternative(child);
          break;
        case "instrText":
        case "pPr":
        case "rPr":
          break;
        default:
          text += this.#inline(child, inner);
      }
    }
    return text;
  }

  #alternative(picture: Element): string {
    const description = attribute(picture, "descr")?.trim() ?? "";
    return description === "" ? "" : ` ${description} `;
  }

  #leaveOut(reason: "deleted" | "hidden", element: Element, name: string): void {
    const texts = [...elementsOf(element)].filter((each) => local(each) === name || local(each) === "t").map(textOfXml);
    if (texts.join("").trim() !== "") this.#ledger.leaveOut(reason, `paragraph ${this.#paragraph}`, texts.join(""));
  }

  #table(table: Element): string[] {
    const rows = childrenNamed(table, "tr").map((row) =>
      row.children.filter(isElement).flatMap((child) => (local(child) === "tc" ? [child] : childrenNamed(child, "tc"))),
    );
    const written = rows.map((cells) => cells.map((cell) => ({ cell, blocks: this.blocks(cell) })));
    const isLayout = rows.length < 2 || rows.every((cells) => cells.length < 2);
    if (isLayout) return written.flatMap((cells) => cells.flatMap(({ blocks }) => blocks));
    const above: string[] = [];
    const grid = written.map((cells) => {
      let column = 0;
      return cells.map(({ cell, blocks }): Cell => {
        const properties = childNamed(cell, "tcPr");
        const colspan = Math.max(1, Number(attribute(childNamed(properties, "gridSpan"), "val") ?? 1) || 1);
        const merge = childNamed(properties, "vMerge");
        const goesOn = merge !== undefined && attribute(merge, "val") !== "restart";
        const text = goesOn ? (above[column] ?? "") : blocks.join(" ").replace(/\s*\n\s*/g, " ");
        for (let n = 0; n < Math.min(colspan, 100); n++) above[column + n] = text;
        column += colspan;
        return { text, header: false, colspan, rowspan: 1 };
      });
    });
    return [writeTable(grid, 1)];
  }
}

function isHidden(run: Element): boolean {
  const vanish = childNamed(childNamed(run, "rPr"), "vanish");
  return vanish !== undefined && !["0", "false"].includes(attribute(vanish, "val") ?? "");
}

/** The same content stands twice, for new and for old programs. */
function choiceOf(alternatives: Element): Element {
  return childNamed(alternatives, "Choice") ?? childNamed(alternatives, "Fallback") ?? alternatives;
}
