import { load } from "../../load.ts";

const loadHtml = async (html: string) => {
  const { documents, report } = await load(Buffer.from(html), { name: "a.html" });
  return {
    text: documents[0]?.text ?? "",
    title: documents[0]?.title,
    metadata: documents[0]?.metadata ?? {},
    report,
  };
};
const textOf = async (html: string) => (await loadHtml(html)).text;

it("takes the visible text, headings as Markdown, and the title", async () => {
  const { text, title, metadata, report } =
    await loadHtml(`<!doctype html><html lang="en"><head><title>Home &amp; repair</title>
      <meta name="description" content="About pumps"><style>p{}</style></head><body>
      <nav><a href="/">Start</a></nav><h1>Error <em>E21</em></h1><p>The drain is <a href="/d">blocked</a>.</p>
      <script>var code</script><h2>Parts</h2></body></html>`);
  expect(title).toBe("Home & repair");
  expect(metadata).toMatchObject({ description: "About pumps", language: "en" });
  expect(text).toBe("# Error E21\n\nThe drain is blocked.\n\n## Parts");
  expect(report.leftOut.map(({ reason }) => reason)).toEqual(["navigation", "script"]);
});

it("keeps the title out of the text of a page without a body element", async () => {
  const { text, title, report } = await loadHtml("<title>Warranty</title><p>Two years.</p>");
  expect({ text, title, charsIn: report.charsIn }).toEqual({ text: "Two years.", title: "Warranty", charsIn: 16 });
});

it("takes only <main> where the text is there, and says what stands outside", async () => {
  const { text, report } = await loadHtml("<body><header>Shop</header><main><p>Warranty: 2 years</p></main></body>");
  expect(text).toBe("Warranty: 2 years");
  expect(report.leftOut).toEqual([{ place: "line 1", reason: "navigation", chars: 4 }]);
  const teaser = "<body><div><p>Our ovens reach five hundred degrees in ten minutes.</p></div><main>More</main></body>";
  expect(await textOf(teaser)).toContain("five hundred degrees");
});

it("falls back to the first heading for the title, and takes none from a picture", async () => {
  expect((await loadHtml("<h1>Delivery</h1><p>Two days.</p>")).title).toBe("Delivery");
  expect((await loadHtml("<svg><title>Cart</title></svg><h2>Ovens</h2><p>Hot.</p>")).title).toBe("Ovens");
});

it("reads a page that stands in one form, with the questions in its buttons", async () => {
  const html = `<form action="./x.aspx"><input type="hidden" value="y"><h1>Help</h1>
    <div><button aria-expanded="true">Where is the filter?</button><div>Behind the flap.</div></div></form>`;
  expect(await textOf(html)).toBe("# Help\n\nWhere is the filter?\n\nBehind the flap.");
});

it("keeps code in a fence, whatever is in it", async () => {
  const html = "<pre><code># stop the pump\npump --off\n```\n</code></pre><p>Then wait.</p>";
  expect(await textOf(html)).toBe("````\n# stop the pump\npump --off\n```\n````\n\nThen wait.");
});

it("keeps terms with their definitions and lists with their marks", async () => {
  expect(await textOf("<dl><dt>F12</dt><dd>Door open.</dd><dt>F13</dt><dt>F14</dt><dd>No gas.</dd></dl>")).toBe(
    "F12: Door open.\nF13, F14: No gas.",
  );
  expect(await textOf("<ol><li>Open<ul><li>left</li></ul></li><li>Close</li></ol>")).toBe(
    "1. Open\n   - left\n2. Close",
  );
});

it("writes tables with their header, repeats cells over several rows, and pairs as lines", async () => {
  const table = `<table><caption>Prices</caption><tr><th>Part</th><th colspan="2">Price</th></tr>
    <tr><td rowspan="2">Belt</td><td>new</td><td>9|50</td></tr><tr><td>used</td><td>4</td></tr></table>`;
  expect(await textOf(table)).toBe(
    "Prices\n\n| Part | Price | Price |\n| --- | --- | --- |\n| Belt | new | 9\\|50 |\n| Belt | used | 4 |",
  );
  expect(
    await textOf("<table><tr><th>Weight:</th><td>4 kg</td></tr><tr><th>Colour</th><td>red</td></tr></table>"),
  ).toBe("Weight: 4 kg\nColour: red");
});

it("reads a table that only arranges the page cell by cell", async () => {
  const cell = (text: string) => `<td><p>${text.repeat(3)}</p></td>`;
  const html = `<table><tr>${cell("The fitter comes on Friday. ")}${cell("Buy two hoses, pay one. ")}</tr></table>`;
  expect(await textOf(html)).toMatch(/^(The fitter comes on Friday\. ?){3}\n\n(Buy two hoses, pay one\. ?){3}$/);
});

it("leaves out what is hidden, comments and choices, and names each", async () => {
  const { text, report } = await loadHtml(`<p>Shown.</p><p hidden>One</p><p style="color: red; display:none">Two</p>
    <!-- three --><template>Four</template><select><option>Five</option></select><dialog>Six</dialog>`);
  expect(text).toBe("Shown.");
  expect(report.leftOut.map(({ reason, chars }) => [reason, chars])).toEqual([
    ["comment", 5],
    ["hidden", 3],
    ["hidden", 3],
    ["hidden", 4],
    ["hidden", 3],
    ["form", 4],
  ]);
  expect(report.charsIn).toBe(report.charsKept + report.charsLeftOut);
});

it("leaves out a sidebar, but not one that holds the text", async () => {
  const main = "<div><h1>Ovens</h1><p>Clean the glass with vinegar once a month.</p></div>";
  expect(await textOf(`${main}<aside><article>Read also: fridges</article></aside>`)).not.toContain("fridges");
  expect(await textOf("<h1>x</h1><aside><p>Clean the glass with vinegar once a month.</p></aside>")).toContain(
    "vinegar",
  );
});

it("keeps an address in the footer and leaves out a footer of links", async () => {
  expect(await textOf("<p>Text.</p><footer>Call 0511 4471, Mill Lane 3</footer>")).toContain("Mill Lane 3");
  expect(await textOf('<p>Text.</p><footer><a href="a">Imprint</a> <a href="b">Jobs</a></footer>')).toBe("Text.");
});

it("takes soft hyphens out, breaks lines at <br>, and says what a picture shows", async () => {
  expect(await textOf("<p>Wasch&shy;maschine,<wbr> neu<br>Reihe 2 <img alt='Trommel von innen'></p>")).toBe(
    "Waschmaschine, neu\nReihe 2 Trommel von innen",
  );
});

it("keeps a # in the text from becoming a heading", async () => {
  expect(await textOf("<p># of parts</p>")).toBe("    # of parts");
});

it("reads a page in the encoding that it names", async () => {
  const html = Buffer.from('<html><head><meta charset="iso-8859-1"></head><body>Geräte</body></html>', "latin1");
  const { documents, report } = await load(html, { name: "a.html" });
  expect(documents[0]?.text).toBe("Geräte");
  expect(report.encoding).toBe("windows-1252");
});
