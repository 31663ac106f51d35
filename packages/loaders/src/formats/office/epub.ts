import { overLimit, unreadable } from "../../load-error.ts";
import { htmlPart } from "../html/html.ts";
import { elementsOf } from "../html/tree.ts";
import type { LoadedPart, Loader } from "../loader.ts";
import { attribute, local, OfficePackage, resolvePath, textOfXml } from "./package.ts";

const WANTED = /\.(?:xml|opf|x?html?)$/i;

/** EPUB: one document a chapter, in the order of the book. */
export const epubLoader: Loader = {
  type: "epub",
  extensions: [".epub"],
  load(source) {
    const file = new OfficePackage(source, (name) => WANTED.test(name));
    if (
      file.text("META-INF/encryption.xml")?.includes("EncryptedData") === true &&
      file.text("META-INF/rights.xml") !== undefined
    )
      throw unreadable("this book is protected: it can be read by its reader alone");
    const container = file.xml("META-INF/container.xml");
    const rootFile =
      container === undefined ? undefined : [...elementsOf(container)].find((element) => local(element) === "rootfile");
    const opfName = attribute(rootFile, "full-path");
    const opf = opfName === undefined ? undefined : file.xml(opfName);
    if (opf === undefined || opfName === undefined) throw unreadable("not an EPUB: it says nowhere what is in it");
    const elements = [...elementsOf(opf)];
    const said = (name: string) => {
      const element = elements.find((each) => local(each) === name);
      return element === undefined ? undefined : textOfXml(element).trim() || undefined;
    };
    const hrefs = new Map(
      elements
        .filter((each) => local(each) === "item")
        .map((each) => [attribute(each, "id"), attribute(each, "href") ?? ""]),
    );
    const spine = elements
      .filter((each) => local(each) === "itemref")
      .map((each) => hrefs.get(attribute(each, "idref")) ?? "");
    if (spine.length > source.limits.pages) throw overLimit("pages", source.limits.pages, spine.length, "chapters");
    const folder = opfName.slice(0, opfName.lastIndexOf("/") + 1);
    const book = { book: said("title"), author: said("creator"), language: said("language") };
    return spine.flatMap((href, index): LoadedPart[] => {
      source.checkTime();
      const html = file.text(resolvePath(folder, decodeURIComponent(href)));
      if (html === undefined) return [];
      const part = htmlPart(html, source.within(`chapter ${index + 1}`, new Uint8Array()));
      if (part.text.trim() === "") return [];
      const heading = /^#{1,6} (\S.*)$/m.exec(part.text)?.[1] ?? part.title ?? book.book;
      const metadata = Object.fromEntries(
        Object.entries({ ...part.metadata, ...book, chapter: index + 1 }).filter(([, value]) => value !== undefined),
      );
      return [
        { key: String(index + 1), text: part.text, metadata, ...(heading === undefined ? {} : { title: heading }) },
      ];
    });
  },
};
