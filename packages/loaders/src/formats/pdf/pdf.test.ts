import { PDFDocument, type PDFFont, StandardFonts } from "pdf-lib";
import { load } from "../../load.ts";

type Draw = { text: string; x: number; y: number; size?: number }[];

async function pdfOf(pages: readonly Draw[], title?: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const font: PDFFont = await pdf.embedFont(StandardFonts.Helvetica);
  if (title !== undefined) pdf.setTitle(title);
  for (const texts of pages) {
    const page = pdf.addPage([600, 800]);
    for (const { text, x, y, size = 11 } of texts) page.drawText(text, { x, y, size, font });
  }
  return pdf.save();
}
const page = (...lines: string[]): Draw => lines.map((text, n) => ({ text, x: 50, y: 700 - n * 14 }));
const textsOf = async (pages: readonly Draw[]) =>
  (await load(await pdfOf(pages), { name: "a.pdf" })).documents.map(({ text }) => text);

it("gives a document for every page that has text, with the page's number and the title", async () => {
  const bytes = await pdfOf(
    [page("Open the drain pump cover."), [], page("Part DP-40 costs 19.90 EUR.")],
    "Service manual",
  );
  const { documents, report } = await load(bytes, { name: "manual.pdf" });
  expect(documents).toMatchObject([
    { id: "manual.pdf:1", title: "Service manual", metadata: { page: 1 }, text: "Open the drain pump cover." },
    { id: "manual.pdf:3", title: "Service manual", metadata: { page: 3 }, text: "Part DP-40 costs 19.90 EUR." },
  ]);
  expect(report.leftOut).toEqual([{ place: "page 2", reason: "no text", chars: 0 }]);
});

it("takes no title that a program made up, but the largest line", async () => {
  const pages = [
    [{ text: "Oven care", x: 50, y: 740, size: 24 }, ...page("Let it cool.", "Wipe it.", "Close the door.")],
  ];
  for (const title of ["(anonymous)", "untitled", "Microsoft Word - "]) {
    expect((await load(await pdfOf(pages, title), { name: "a.pdf" })).documents[0]?.title).toBe("Oven care");
  }
  expect((await load(await pdfOf(pages, "Microsoft Word - Oven.docx"), { name: "a.pdf" })).documents[0]?.title).toBe(
    "Oven",
  );
});

it("puts words together that were cut at a line's end, and keeps hyphens of their own", async () => {
  const cut = page(
    "The fitter explains once a year the demineral-",
    "isation of the steam generator and the type GX-",
    "5512 of the filter, which is a well-known part.",
    "Its price is not among those that are so well-",
    "known. Ask for it.",
  );
  expect(await textsOf([cut])).toEqual([
    "The fitter explains once a year the demineralisation of the steam generator and the type GX-5512 of the filter, which is a well-known part. Its price is not among those that are so well-known. Ask for it.",
  ]);
});

it("reads columns one after the other, also when they are drawn line by line", async () => {
  const left = [
    "The oven is heated for ten",
    "minutes before the bread",
    "goes in. Then the heat is",
    "turned down by a third.",
    "Bake for half an hour.",
  ];
  const right = [
    "The fridge is cleaned with",
    "vinegar twice a year. Take",
    "the shelves out before you",
    "begin, and switch it off",
    "at the wall.",
  ];
  const lines = left.flatMap((text, n) => [
    { text, x: 50, y: 700 - n * 14 },
    { text: right[n] ?? "", x: 320, y: 700 - n * 14 },
  ]);
  const [text = ""] = await textsOf([
    [{ text: "Ovens and fridges, and how they are kept in order for many years", x: 50, y: 740 }, ...lines],
  ]);
  expect(text.replace(/\s+/g, " ")).toContain(`${left.join(" ")} ${right.join(" ")}`);
});

it("reads a table as rows, with its empty cells", async () => {
  const cells = [
    ["Part", "Price", "Stock"],
    ["Belt", "9.50", "12"],
    ["Drum", "", "3"],
    ["Seal", "4.00", ""],
  ];
  const drawn = cells.flatMap((row, y) =>
    row.map((text, x) => ({ text, x: 50 + x * 150, y: 700 - y * 16 })).filter(({ text }) => text !== ""),
  );
  expect(await textsOf([drawn])).toEqual([
    "| Part | Price | Stock |\n| --- | --- | --- |\n| Belt | 9.50 | 12 |\n| Drum |  | 3 |\n| Seal | 4.00 |  |",
  ]);
});

it("leaves out what stands on every page, after the first", async () => {
  const pages = Array.from({ length: 5 }, (_, n) =>
    page(
      "Mill Lane Ovens Ltd",
      `Chapter ${"abcde"[n]} is about ovens.`,
      `It has its own rules: ${"vwxyz"[n]}.`,
      "And more.",
      `Page ${n + 1} of 5`,
    ),
  );
  const { documents, report } = await load(await pdfOf(pages), { name: "a.pdf" });
  expect(documents[0]?.text).toContain("Mill Lane");
  expect(documents[1]?.text).toContain("Chapter b");
  expect(documents[1]?.text).not.toMatch(/Mill Lane|Page/);
  expect(report.leftOut.map(({ place, reason }) => `${place} ${reason}`)).toEqual(
    [2, 3, 4, 5].map((n) => `page ${n} repeated`),
  );
  expect(report.charsIn).toBe(report.charsKept + report.charsLeftOut);
});

it("says that a PDF without text is probably a scan", async () => {
  await expect(load(await pdfOf([[], []]), { name: "scan.pdf" })).rejects.toThrow(
    "no text in its 2 pages: it is probably a scan",
  );
});

it("refuses what is no PDF, and a PDF of too many pages", async () => {
  await expect(load(Buffer.from("plain text"), { name: "no.pdf" })).rejects.toThrow("not a PDF that can be read");
  await expect(
    load(await pdfOf([page("a"), page("b")]), { name: "a.pdf", limits: { pages: 1 } }),
  ).rejects.toMatchObject({
    code: "loader.limit",
    details: { limit: "pages", maximum: 1, actual: 2 },
  });
});

it("leaves the bytes that it was given as they are", async () => {
  const bytes = await pdfOf([page("text")]);
  const copy = Uint8Array.from(bytes);
  await load(bytes, { name: "a.pdf" });
  expect(bytes).toEqual(copy);
});
