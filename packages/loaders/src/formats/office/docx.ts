import { unreadable } from "../../load-error.ts";
import type { Source } from "../../source.ts";
import { type Element, elementsOf, isElement } from "../html/tree.ts";
import type { LoadedPart, Loader } from "../loader.ts";
import { DocxWriter } from "./docx-writer.ts";
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
  /^(?:word\/(?:document|styles|footnotes|endnotes|comments|header\d*|footer\d*)\.xml|docProps\/core\.xml)$/;

/**
 * Word: one document with headings, lists and tables as Markdown, footnotes at its end. Comments, deleted and hidden text,
 * headers and footers are left out.
 */
export const docxLoader: Loader = {
  type: "docx",
  extensions: [".docx", ".docm", ".dotx"],
  load(source) {
    const file = new OfficePackage(source, (name) => WANTED.test(name) || BESIDES.test(name));
    const body = childNamed(childNamed(file.xml("word/document.xml"), "document"), "body");
    if (body === undefined) throw unreadable("not a Word file: it has no document in it");
    const writer = new DocxWriter(source.ledger, headingLevels(file.xml("word/styles.xml")));
    const blocks = writer.blocks(body);
    for (const kind of ["footnotes", "endnotes"] as const) blocks.push(...notes(file.xml(`word/${kind}.xml`), writer));
    for (const name of file.names.filter((each) => each.includes("/diagrams/"))) {
      const text = drawnText(file.xml(name));
      source.ledger.read(text, "diagram");
      if (text !== "") blocks.push(text);
    }
    leaveOutRest(file, source);
    const { title, metadata } = file.properties();
    const text = blocks.join("\n\n");
    const heading = writer.title ?? /^#{1,6} (\S.*)$/m.exec(text)?.[1];
    const named = title ?? heading;
    const part: LoadedPart = { text, metadata, ...(named === undefined ? {} : { title: named }) };
    return text.trim() === "" ? [] : [part];
  },
};

/** The level of each paragraph style that is a heading, by the style's id. */
function headingLevels(styles: Element | undefined): Map<string, number> {
  const levels = new Map<string, number>();
  for (const style of styles === undefined ? [] : elementsOf(styles)) {
    const id = attribute(style, "styleId");
    if (local(style) !== "style" || id === undefined) continue;
    const name = attribute(childNamed(style, "name"), "val")?.toLowerCase() ?? "";
    const outline = attribute(childNamed(childNamed(style, "pPr"), "outlineLvl"), "val");
    const byName = /^(?:heading|überschrift|titre) (\d)$/.exec(name)?.[1];
    if (name === "title") levels.set(id, 0);
    else if (byName !== undefined) levels.set(id, Number(byName));
    else if (outline !== undefined && Number(outline) < 6) levels.set(id, Number(outline) + 1);
  }
  return levels;
}

function notes(root: Element | undefined, writer: DocxWriter): string[] {
  const list = root?.children.find(isElement);
  if (list === undefined) return [];
  return list.children.filter(isElement).flatMap((note) => {
    if (attribute(note, "type") !== undefined) return [];
    const text = writer.blocks(note).join("\n").trim();
    return text === "" ? [] : [`[${attribute(note, "id") ?? ""}] ${text}`];
  });
}

function leaveOutRest(file: OfficePackage, { ledger }: Source): void {
  for (const name of file.names.filter((each) => each.includes("/charts/")))
    ledger.leaveOut("embedded", "chart", drawnText(file.xml(name)));
  for (const name of file.names) {
    const root = file.xml(name);
    if (root === undefined) continue;
    if (/comments\.xml$/.test(name)) {
      const list = root.children.find(isElement);
      for (const comment of list === undefined ? [] : childrenNamed(list, "comment"))
        ledger.leaveOut("comment", "comments", textOfXml(comment));
    } else if (/(?:header|footer)\d*\.xml$/.test(name)) {
      const text = textOfXml(root);
      if (text.trim() !== "") ledger.leaveOut("repeated", name.includes("header") ? "header" : "footer", text);
    }
  }
}
