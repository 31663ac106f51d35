import { PDFDocument, StandardFonts } from "pdf-lib";
import { pdfLoader } from "./pdf.ts";

async function pdfOf(pages: readonly string[], title?: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  if (title !== undefined) pdf.setTitle(title);
  for (const text of pages) pdf.addPage().drawText(text, { x: 40, y: 700, size: 12, font });
  return pdf.save();
}

it("gives a document for every page that has text, with the page's number and the title", async () => {
  const bytes = await pdfOf(["Open the drain pump cover.", "", "Part DP-40 costs 19.90 EUR."], "Service manual");
  expect(await pdfLoader.load({ name: "manual.pdf", bytes }, {})).toEqual([
    { key: "1", title: "Service manual", metadata: { page: 1 }, text: "Open the drain pump cover." },
    { key: "3", title: "Service manual", metadata: { page: 3 }, text: "Part DP-40 costs 19.90 EUR." },
  ]);
});

it("says that a PDF without text is probably a scan", async () => {
  const bytes = await pdfOf(["", ""]);
  await expect(pdfLoader.load({ name: "scan.pdf", bytes }, {})).rejects.toThrow(
    "no text in its 2 pages: it is probably a scan",
  );
});

it("refuses what is no PDF", async () => {
  const bytes = new TextEncoder().encode("plain text");
  await expect(pdfLoader.load({ name: "no.pdf", bytes }, {})).rejects.toThrow("not a PDF that can be read");
});

it("leaves the bytes that it was given as they are", async () => {
  const bytes = await pdfOf(["text"]);
  const copy = Uint8Array.from(bytes);
  await pdfLoader.load({ name: "a.pdf", bytes }, {});
  expect(bytes).toEqual(copy);
});
