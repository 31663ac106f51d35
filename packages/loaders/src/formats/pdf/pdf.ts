import { extractText, getDocumentProxy, getMeta } from "unpdf";
import { overLimit, unreadable } from "../../load-error.ts";
import type { LoadedPart, Loader } from "../loader.ts";

/** PDF: one document a page that has text, so that a hit names its page. */
export const pdfLoader: Loader = {
  type: "pdf",
  extensions: [".pdf"],
  async load(source) {
    // The parser takes the buffer over, so it gets a copy.
    const pdf = await getDocumentProxy(new Uint8Array(source.bytes), { verbosity: 0 }).catch((cause: unknown) => {
      throw unreadable(`not a PDF that can be read: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
    });
    try {
      if (pdf.numPages > source.limits.pages) throw overLimit("pages", source.limits.pages, pdf.numPages, "pages");
      const { text: pages } = await extractText(pdf, { mergePages: false });
      const title = await titleOf(pdf);
      const parts = pages.flatMap((page, index): LoadedPart[] => {
        const text = page.trim();
        source.ledger.read(text, "page", index + 1);
        if (text === "") return [];
        return [
          { key: String(index + 1), text, metadata: { page: index + 1 }, ...(title === undefined ? {} : { title }) },
        ];
      });
      if (parts.length === 0) {
        throw unreadable(
          `no text in its ${pages.length} pages: it is probably a scan, which needs to be read by OCR first`,
        );
      }
      return parts;
    } finally {
      await pdf.loadingTask.destroy();
    }
  },
};

async function titleOf(pdf: Awaited<ReturnType<typeof getDocumentProxy>>): Promise<string | undefined> {
  const { info } = await getMeta(pdf);
  const title: unknown = info.Title;
  return typeof title === "string" && title.trim() !== "" ? title.trim() : undefined;
}
