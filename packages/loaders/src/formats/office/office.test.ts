import { strToU8, zipSync } from "fflate";
import { load } from "../../load.ts";

const pack = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
const loadFile = async (name: string, files: Record<string, string>) => {
  const { documents, report } = await load(pack(files), { name });
  return {
    documents,
    report,
    texts: documents.map(({ text }) => text),
    leftOut: report.leftOut.map(({ reason, place }) => `${reason}: ${place}`),
  };
};
const relations = (...targets: [id: string, type: string, target: string][]) =>
  `<Relationships>${targets.map(([id, type, target]) => `<Relationship Id="${id}" Type="http://x/${type}" Target="${target}"/>`).join("")}</Relationships>`;

describe("Word", () => {
  const p = (text: string, properties = "") =>
    `<w:p>${properties === "" ? "" : `<w:pPr>${properties}</w:pPr>`}<w:r><w:t>${text}</w:t></w:r></w:p>`;
  const docx = (body: string, more: Record<string, string> = {}) =>
    loadFile("a.docx", {
      "word/document.xml": `<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>`,
      "word/styles.xml":
        '<w:styles><w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style><w:style w:styleId="T"><w:name w:val="Title"/></w:style></w:styles>',
      ...more,
    });

  it("is read with its headings, lists, tables and footnotes", async () => {
    const item = (text: string) => p(text, '<w:numPr><w:ilvl w:val="0"/></w:numPr>');
    const cell = (text: string, properties = "") => `<w:tc><w:tcPr>${properties}</w:tcPr>${p(text)}</w:tc>`;
    const table = `<w:tbl><w:tr>${cell("Part")}${cell("Price")}</w:tr><w:tr>${cell("Belt", '<w:vMerge w:val="restart"/>')}${cell("9")}</w:tr><w:tr>${cell("", "<w:vMerge/>")}${cell("8")}</w:tr></w:tbl>`;
    const body = `${p("Oven guide", '<w:pStyle w:val="T"/>')}${p("Parts", '<w:pStyle w:val="H2"/>')}${item("Belt")}${item("Drum")}${table}<w:p><w:r><w:t>See</w:t></w:r><w:r><w:tab/><w:footnoteReference w:id="2"/></w:r></w:p>`;
    const { documents, report } = await docx(body, {
      "word/footnotes.xml": `<w:footnotes><w:footnote w:type="separator" w:id="0">${p("-")}</w:footnote><w:footnote w:id="2">${p("Ask us.")}</w:footnote></w:footnotes>`,
      "docProps/core.xml": "<cp:coreProperties><dc:creator>Kim</dc:creator></cp:coreProperties>",
    });
    expect(documents).toMatchObject([
      {
        title: "Oven guide",
        metadata: { author: "Kim", type: "docx" },
        text: "# Oven guide\n\n## Parts\n\n- Belt\n- Drum\n\n| Part | Price |\n| --- | --- |\n| Belt | 9 |\n| Belt | 8 |\n\nSee\t[2]\n\n[2] Ask us.",
      },
    ]);
    expect(report.charsLeftOut).toBe(0);
  });

  it("is read without deleted and hidden text, comments and headers, and says so", async () => {
    const body = `<w:p><w:r><w:t>Kept.</w:t></w:r><w:del><w:r><w:delText>Gone</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>Secret</w:t></w:r></w:p>`;
    const { texts, leftOut } = await docx(body, {
      "word/comments.xml": `<w:comments><w:comment w:id="1">${p("Why?")}</w:comment></w:comments>`,
      "word/header1.xml": `<w:hdr>${p("Mill Lane Ovens")}</w:hdr>`,
    });
    expect(texts).toEqual(["Kept."]);
    expect(leftOut.sort()).toEqual([
      "comment: comments",
      "deleted: paragraph 1",
      "hidden: paragraph 1",
      "repeated: header",
    ]);
  });

  it("is refused when it is encrypted, not a Word file, or too large once unpacked", async () => {
    const old = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]);
    await expect(load(old, { name: "a.docx" })).rejects.toThrow("encrypted, or of the format before 2007");
    await expect(loadFile("a.docx", { "other.xml": "<a/>" })).rejects.toMatchObject({ code: "loader.unreadable" });
    const bomb = pack({ "word/document.xml": `<w:document><w:body>${" ".repeat(5_000_000)}</w:body></w:document>` });
    expect(bomb.length).toBeLessThan(10_000);
    await expect(load(bomb, { name: "a.docx", limits: { expandedBytes: 1_000_000 } })).rejects.toMatchObject({
      code: "loader.limit",
      details: { limit: "expandedBytes" },
    });
  });
});

describe("Excel", () => {
  const strings = ["sku", "name", "price", "since", "A-1", "Belt"];
  const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
  const shared = (r: string, n: number) => `<c r="${r}" t="s"><v>${n}</v></c>`;
  const rows = `<row r="1">${shared("A1", 0)}${shared("B1", 1)}${shared("C1", 2)}${shared("D1", 3)}</row><row r="2">${shared("A2", 4)}${shared("B2", 5)}<c r="C2"><v>19.899999999999999</v></c><c r="D2" s="1"><v>46093</v></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>A-2</t></is></c><c r="C4"><v>7</v></c></row>`;
  const workbook = {
    "xl/sharedStrings.xml": `<sst>${strings.map((text) => `<si><t>${text}</t><rPh><t>x</t></rPh></si>`).join("")}</sst>`,
    "xl/styles.xml":
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    "xl/worksheets/sheet1.xml": sheet(rows),
  };

  it("gives a document a row, with numbers and dates", async () => {
    const { documents, report } = await loadFile("a.xlsx", {
      ...workbook,
      "xl/workbook.xml": '<workbook><sheets><sheet name="Parts" r:id="r1"/></sheets></workbook>',
      "xl/_rels/workbook.xml.rels": relations(["r1", "worksheet", "worksheets/sheet1.xml"]),
    });
    expect(documents).toMatchObject([
      {
        id: "a.xlsx:1",
        title: "Belt",
        text: "sku: A-1\nname: Belt\nprice: 19.9\nsince: 2026-03-12",
        metadata: { price: 19.9, since: "2026-03-12" },
      },
      { id: "a.xlsx:2", text: "sku: A-2\nprice: 7", metadata: { price: 7 } },
    ]);
    expect(report.charsLeftOut).toBe(0);
  });

  it("reads every sheet but the hidden ones", async () => {
    const { documents, leftOut } = await loadFile("a.xlsx", {
      ...workbook,
      "xl/worksheets/sheet2.xml": sheet(
        '<row><c t="inlineStr"><is><t>city</t></is></c></row><row><c t="inlineStr"><is><t>Ulm</t></is></c></row>',
      ),
      "xl/workbook.xml":
        '<workbook><sheets><sheet name="Parts" r:id="r1"/><sheet name="Shops" r:id="r2"/><sheet name="Old" state="hidden" r:id="r2"/></sheets></workbook>',
      "xl/_rels/workbook.xml.rels": relations(
        ["r1", "worksheet", "worksheets/sheet1.xml"],
        ["r2", "worksheet", "/xl/worksheets/sheet2.xml"],
      ),
    });
    expect(documents.map(({ id }) => id)).toEqual(["a.xlsx:Parts:1", "a.xlsx:Parts:2", "a.xlsx:Shops:1"]);
    expect(documents.at(-1)).toMatchObject({ text: "city: Ulm", metadata: { sheet: "Shops" } });
    expect(leftOut).toEqual(["hidden: sheet Old"]);
  });
});

it("reads PowerPoint slide by slide, with titles, levels, tables and notes", async () => {
  const paragraph = (text: string, level = 0) => `<a:p><a:pPr lvl="${level}"/><a:r><a:t>${text}</a:t></a:r></a:p>`;
  const shape = (kind: string, ...paragraphs: string[]) =>
    `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${kind}"/></p:nvPr></p:nvSpPr><p:txBody>${paragraphs.join("")}</p:txBody></p:sp>`;
  const cell = (text: string) => `<a:tc><a:txBody>${paragraph(text)}</a:txBody></a:tc>`;
  const slide = (content: string, show = "1") =>
    `<p:sld show="${show}"><p:cSld><p:spTree>${content}</p:spTree></p:cSld></p:sld>`;
  const { documents, report, leftOut } = await loadFile("a.pptx", {
    "ppt/presentation.xml":
      '<p:presentation><p:sldIdLst><p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/><p:sldId id="258" r:id="r3"/></p:sldIdLst></p:presentation>',
    "ppt/_rels/presentation.xml.rels": relations(
      ["r1", "slide", "slides/slide1.xml"],
      ["r2", "slide", "slides/slide2.xml"],
      ["r3", "slide", "slides/slide3.xml"],
    ),
    "ppt/slides/slide1.xml": slide(
      `<p:graphicFrame><a:tbl><a:tr>${cell("Part")}${cell("Price")}</a:tr><a:tr>${cell("Belt")}${cell("9")}</a:tr></a:tbl></p:graphicFrame>`,
    ),
    "ppt/slides/slide2.xml": slide(
      shape("title", paragraph("Ovens")) +
        shape("body", paragraph("Heat"), paragraph("slowly", 1)) +
        shape("sldNum", paragraph("1")),
    ),
    "ppt/slides/_rels/slide2.xml.rels": relations(["r9", "notesSlide", "../notesSlides/notesSlide1.xml"]),
    "ppt/notesSlides/notesSlide1.xml": slide(shape("body", paragraph("Say why."))),
    "ppt/slides/slide3.xml": slide(shape("body", paragraph("Draft")), "0"),
  });
  expect(documents).toMatchObject([
    { id: "a.pptx:1", title: "Ovens", metadata: { slide: 1 }, text: "# Ovens\n\nHeat\n- slowly\n\nNotes:\nSay why." },
    { id: "a.pptx:2", text: "| Part | Price |\n| --- | --- |\n| Belt | 9 |" },
  ]);
  expect(leftOut.sort()).toEqual(["hidden: slide 3", "repeated: slide 1"]);
  expect(report.leftOut.filter(({ reason }) => reason === "lost")).toEqual([]);
});

it("reads what diagrams say, and names charts", async () => {
  const text = (said: string) => `<a:p><a:r><a:t>${said}</a:t></a:r></a:p>`;
  const { documents, leftOut } = await loadFile("a.pptx", {
    "ppt/presentation.xml": '<p:presentation><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>',
    "ppt/_rels/presentation.xml.rels": relations(["r1", "slide", "slides/slide1.xml"]),
    "ppt/slides/slide1.xml": "<p:sld><p:cSld/></p:sld>",
    "ppt/slides/_rels/slide1.xml.rels": relations(
      ["r1", "diagramData", "../diagrams/data1.xml"],
      ["r2", "chart", "../charts/chart1.xml"],
    ),
    "ppt/diagrams/data1.xml": `<dgm:dataModel>${text("Heat")}${text("Bake")}</dgm:dataModel>`,
    "ppt/charts/chart1.xml": "<c:chart><c:cat><c:v>March</c:v></c:cat><c:val><c:v>12</c:v></c:val></c:chart>",
  });
  expect(documents).toMatchObject([{ text: "Heat\nBake" }]);
  expect(leftOut).toEqual(["embedded: slide 1"]);
});

it("reads a book chapter by chapter, in its order", async () => {
  const { documents } = await loadFile("a.epub", {
    mimetype: "application/epub+zip",
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    "OEBPS/book.opf":
      '<package><metadata><dc:title>Oven Stories</dc:title><dc:creator>Kim</dc:creator></metadata><manifest><item id="a" href="one.xhtml"/><item id="b" href="sub/two%20b.xhtml"/></manifest><spine><itemref idref="b"/><itemref idref="a"/></spine></package>',
    "OEBPS/one.xhtml": "<html><body><h1>Last</h1><p>The end.</p></body></html>",
    "OEBPS/sub/two b.xhtml": "<html><body><h1>First</h1><p>Once.</p></body></html>",
  });
  expect(documents).toMatchObject([
    {
      id: "a.epub:1",
      title: "First",
      text: "# First\n\nOnce.",
      metadata: { book: "Oven Stories", author: "Kim", chapter: 1 },
    },
    { id: "a.epub:2", title: "Last", metadata: { chapter: 2 } },
  ]);
});
