import { overLimit, unreadable } from "../../load-error.ts";
import type { Source } from "../../source.ts";
import { type Element, elementsOf, isElement } from "../html/tree.ts";
import { writeTable } from "../html/write-table.ts";
import type { LoadedPart, Loader } from "../loader.ts";
import {
  attribute,
  BESIDES,
  childNamed,
  childrenNamed,
  drawnText,
  local,
  OfficePackage,
  textOfXml,
} from "./package.ts";

const WANTED =
  /^(?:ppt\/presentation\.xml|ppt\/_rels\/presentation\.xml\.rels|ppt\/(?:slides|notesSlides)\/(?:[^/]+\.xml|_rels\/[^/]+\.rels)|docProps\/core\.xml)$/;
/** Placeholders that say the same on every slide. */
const REPEATED = new Set(["sldNum", "dt", "ftr"]);

/** PowerPoint: one document a slide, with its title, its lists and tables, and the speaker's notes. */
export const pptxLoader: Loader = {
  type: "pptx",
  extensions: [".pptx", ".pptm", ".ppsx"],
  load(source) {
    const file = new OfficePackage(source, (name) => WANTED.test(name) || BESIDES.test(name));
    const presentation = file.xml("ppt/presentation.xml");
    if (presentation === undefined) throw unreadable("not a PowerPoint file: it has no presentation in it");
    const relations = file.relations("ppt/presentation.xml");
    const ids = [...elementsOf(presentation)].filter((element) => local(element) === "sldId");
    if (ids.length > source.limits.pages) throw overLimit("pages", source.limits.pages, ids.length, "slides");
    const { title: deck, metadata } = file.properties();
    return ids.flatMap((element, index): LoadedPart[] => {
      source.checkTime();
      // `id` stands there twice, once with a prefix.
      const relation = Object.entries(element.attributes).find(([name]) => name.endsWith(":id"))?.[1] ?? "";
      const name = relations.get(relation)?.target;
      const slide = name === undefined ? undefined : file.xml(name);
      if (name === undefined || slide === undefined) return [];
      return slidePart({ file, name, slide, number: index + 1, source, deck, metadata });
    });
  },
};

interface Slide {
  file: OfficePackage;
  name: string;
  slide: Element;
  number: number;
  source: Source;
  deck: string | undefined;
  metadata: Record<string, unknown>;
}

function slidePart({ file, name, slide, number, source, deck, metadata }: Slide): LoadedPart[] {
  const place = `slide ${number}`;
  const { title, blocks, repeated } = contentOf(slide);
  const related = [...file.relations(name).values()];
  for (const { target, type } of related) {
    const drawn = type === "chart" || type === "diagramData" || type === "comments" ? drawnText(file.xml(target)) : "";
    if (drawn === "") continue;
    if (type === "diagramData") blocks.push(drawn);
    else source.ledger.leaveOut(type === "chart" ? "embedded" : "comment", place, drawn, type);
  }
  const notesName = related.find(({ type }) => type === "notesSlide")?.target;
  const notesRoot = notesName === undefined ? undefined : file.xml(notesName);
  const notes = notesRoot === undefined ? [] : contentOf(notesRoot).blocks;
  const all = [
    ...(title === undefined ? [] : [`# ${title}`]),
    ...blocks,
    ...(notes.length > 0 ? [`Notes:\n${notes.join("\n")}`] : []),
  ];
  const text = all.join("\n\n");
  const root = slide.children.find(isElement);
  if (["0", "false"].includes(attribute(root, "show") ?? "")) {
    source.ledger.leaveOut("hidden", place, text);
    return [];
  }
  if (repeated !== "") source.ledger.leaveOut("repeated", place, repeated);
  if (text.trim() === "") {
    source.ledger.leaveOut("no text", place);
    return [];
  }
  source.ledger.read(text.replace(/^Notes:$/m, ""), "slide", number);
  const named = title ?? deck;
  return [
    {
      key: String(number),
      text,
      metadata: { ...metadata, ...(deck === undefined ? {} : { deck }), slide: number },
      ...(named === undefined ? {} : { title: named }),
    },
  ];
}

function contentOf(root: Element): { title: string | undefined; blocks: string[]; repeated: string } {
  const blocks: string[] = [];
  let title: string | undefined;
  let repeated = "";
  const visit = (element: Element): void => {
    for (const child of element.children.filter(isElement)) {
      const name = local(child);
      if (name === "sp") {
        const kind =
          attribute(
            [...elementsOf(child)].find((each) => local(each) === "ph"),
            "type",
          ) ?? "";
        const text = paragraphsOf(child);
        if (REPEATED.has(kind)) repeated += ` ${text.join(" ")}`;
        else if ((kind === "title" || kind === "ctrTitle") && title === undefined && text.length > 0)
          title = text.join(" ").replace(/^- /, "");
        else if (text.length > 0) blocks.push(text.join("\n"));
      } else if (name === "tbl") {
        const rows = childrenNamed(child, "tr").map((row) =>
          childrenNamed(row, "tc").map((cell) => ({
            text: paragraphsOf(cell).join(" "),
            header: false,
            colspan: 1,
            rowspan: 1,
          })),
        );
        if (rows.length > 0) blocks.push(writeTable(rows, 1));
      } else if (name === "AlternateContent") visit(childNamed(child, "Choice") ?? child);
      else if (name === "pic") {
        const description = attribute(
          [...elementsOf(child)].find((each) => local(each) === "cNvPr"),
          "descr",
        )?.trim();
        if (description) blocks.push(description);
      } else visit(child);
    }
  };
  visit(root);
  return { title, blocks, repeated: repeated.trim() };
}

/** Paragraphs of a shape; levels below the first are marked as items. */
function paragraphsOf(shape: Element): string[] {
  return [...elementsOf(shape)]
    .filter((element) => local(element) === "p")
    .flatMap((paragraph) => {
      const level = Number(attribute(childNamed(paragraph, "pPr"), "lvl") ?? 0);
      const text = paragraph.children
        .filter(isElement)
        .map((child) =>
          local(child) === "br"
            ? "\n"
            : local(child) === "r" || local(child) === "fld"
              ? textOfXml(childNamed(child, "t") ?? EMPTY)
              : "",
        )
        .join("")
        .trim();
      return text === "" ? [] : [level > 0 ? `${"  ".repeat(Math.min(8, level - 1))}- ${text}` : text];
    });
}

const EMPTY: Element = { name: "", attributes: {}, children: [], at: 0, hasBlock: false };
