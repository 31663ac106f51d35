import type { getDocumentProxy as OpenPdf } from "unpdf";
import { overLimit, unreadable } from "../../load-error.ts";
import { countChars, wordsOf } from "../../report/words.ts";
import type { Source } from "../../source.ts";
import type { LoadedPart, Loader } from "../loader.ts";
import { inColumns } from "./columns.ts";
import { type Line, linesOf, type TextRun, textOfLine } from "./lines.ts";
import { withoutRepeated } from "./repeated-lines.ts";
import { writeLines } from "./write-lines.ts";

type Pdf = Awaited<ReturnType<typeof OpenPdf>>;

/**
 * PDF: one document a page that has text, so that a hit names its page. Columns are read one after the other, tables as
 * rows, words that were cut at a line's end are put together. A page without text is named as a scan.
 */
export const pdfLoader: Loader = {
  type: "pdf",
  extensions: [".pdf"],
  async load(source) {
    const pdf = await open(source);
    try {
      if (pdf.numPages > source.limits.pages) throw overLimit("pages", source.limits.pages, pdf.numPages, "pages");
      return await partsOf(pdf, source);
    } finally {
      await pdf.loadingTask.destroy();
    }
  },
};

async function open(source: Source): Promise<Pdf> {
  // Loaded when it is needed: it is larger than all the rest together.
  const { getDocumentProxy } = await import("unpdf");
  // The parser takes the buffer over, so it gets a copy.
  return getDocumentProxy(new Uint8Array(source.bytes), { verbosity: 0 }).catch((cause: unknown) => {
    const { name, message } = cause as Error;
    if (name === "PasswordException")
      throw unreadable("this PDF is encrypted: save it without its password first", cause);
    throw unreadable(`not a PDF that can be read: ${message}`, cause);
  });
}

async function partsOf(pdf: Pdf, source: Source): Promise<LoadedPart[]> {
  const pages: Line[][] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    source.checkTime();
    pages.push(linesOf(await runsOf(pdf, number)));
  }
  const words = new Set(
    pages.flatMap((lines) => lines.flatMap((line) => textOfLine(line).match(/[\p{L}\p{N}-]+/gu) ?? [])),
  );
  const title = (await titleOf(pdf)) ?? largestLine(pages[0] ?? []);
  const told = title === undefined ? {} : { title };
  const parts: LoadedPart[] = [];
  for (const [index, { lines, repeated }] of withoutRepeated(pages).entries()) {
    const page = index + 1;
    const text = inColumns(lines)
      .map((group) => writeLines(group, (word) => words.has(word)))
      .join("\n\n")
      .trim();
    enter(source, page, lines, repeated, text);
    if (text !== "") parts.push({ key: String(page), text, metadata: { page }, ...told });
    else if (repeated.length === 0) {
      const isPicture = await showsPicture(pdf, page);
      source.ledger.leaveOut(
        isPicture ? "scan" : "no text",
        `page ${page}`,
        "",
        isPicture ? "a picture; OCR can read it" : undefined,
      );
    }
  }
  if (parts.length === 0) {
    throw unreadable(
      `no text in its ${pdf.numPages} pages: it is probably a scan, which needs to be read by OCR first`,
    );
  }
  return parts;
}

/** What was on the page against what is in its document: words change at line ends, letters do not. */
function enter(source: Source, page: number, lines: readonly Line[], repeated: readonly Line[], text: string): void {
  source.ledger.read(text, "page", page);
  if (repeated.length > 0) source.ledger.leaveOut("repeated", `page ${page}`, repeated.map(textOfLine).join(" "));
  const there = countChars(lines.map(textOfLine).join(" "));
  const kept = countChars(text);
  if (there > kept) source.ledger.leaveOut("lost", `page ${page}`, "x".repeat(there - kept));
}

async function runsOf(pdf: Pdf, number: number): Promise<TextRun[]> {
  const page = await pdf.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  return items.flatMap((item): TextRun[] => {
    if (!("str" in item) || item.str === "") return [];
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as number[];
    const size = Math.hypot(a, b) || item.height || 1;
    return [{ text: item.str, x, y, width: item.width, size }];
  });
}

/** Titles that programs put there, not people. */
const NO_TITLE =
  /^\(?(?:anonymous|unknown|untitled(?:[ -]?\d*)?|title|no ?title|document\d*|slide \d+|unbenannt\d*|ohne titel)\)?$/i;

async function titleOf(pdf: Pdf): Promise<string | undefined> {
  const { info } = await pdf.getMetadata();
  const title: unknown = (info as { Title?: unknown }).Title;
  if (typeof title !== "string") return undefined;
  const plain = title
    .replace(/^Microsoft (?:Word|PowerPoint|Excel) - /i, "")
    .replace(/\.(?:docx?|pptx?|xlsx?|odt|indd|qxd|tex|dvi|pdf|rtf)$/i, "")
    .trim();
  return plain === "" || NO_TITLE.test(plain) ? undefined : plain;
}

/** The first line of the largest letters on the first page, where they are clearly larger than the rest. */
function largestLine(lines: readonly Line[]): string | undefined {
  const sizes = lines.map(({ size }) => size).sort((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0;
  const largest = sizes.at(-1) ?? 0;
  if (largest < usual * 1.3) return undefined;
  const text = textOfLine(lines.find(({ size }) => size === largest) ?? { segments: [], y: 0, size: 0 });
  return wordsOf(text).length > 0 && text.length <= 150 ? text : undefined;
}

async function showsPicture(pdf: Pdf, number: number): Promise<boolean> {
  const page = await pdf.getPage(number);
  const { fnArray } = await page.getOperatorList();
  // paintJpegXObject, paintImageXObject, paintInlineImageXObject and what they are grouped into.
  return fnArray.some((operator) => operator >= 82 && operator <= 90);
}
