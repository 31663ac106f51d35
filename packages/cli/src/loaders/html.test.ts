import { htmlLoader } from "./html.ts";

const load = (html: string) => htmlLoader.load({ name: "a.html", bytes: new TextEncoder().encode(html) }, {});

it("takes the visible text, headings as Markdown, and the title", () => {
  const [part] = [
    load(`<!doctype html><html><head><title>Home &amp; repair</title><style>p{}</style></head><body>
      <nav><a href="/">Start</a></nav><h1>Error <em>E21</em></h1><p>The drain is <a href="/d">blocked</a>.</p>
      <script>var hidden</script><h2>Parts</h2><table><tr><th>Part</th><th>Price</th></tr><tr><td>DP-40</td><td>19.90</td></tr></table>
      </body></html>`),
  ].flat() as [{ text: string; title?: string }];
  expect(part.title).toBe("Home & repair");
  expect(part.text).toContain("# Error E21\n\nThe drain is blocked.\n\n");
  expect(part.text).toContain("## Parts");
  expect(part.text).toMatch(/DP-40\s+19\.90/);
  expect(part.text).not.toMatch(/hidden|Start|p\{\}/);
});

it("takes only <main> where there is one, once", () => {
  expect(load("<body><header>Shop</header><main><p>Warranty: 2 years</p></main></body>")).toEqual([
    { text: "Warranty: 2 years" },
  ]);
});

it("falls back to the first heading for the title", () => {
  expect(load("<h1>Delivery</h1><p>Two days.</p>")).toEqual([{ title: "Delivery", text: "# Delivery\n\nTwo days." }]);
});

it("keeps the title out of the text of a page without a body element", () => {
  expect(load("<title>Warranty</title><p>Two years.</p>")).toEqual([{ title: "Warranty", text: "Two years." }]);
});
