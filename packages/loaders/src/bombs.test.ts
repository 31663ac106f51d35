import { load } from "./load.ts";
import { LoadError } from "./load-error.ts";

const repeat = (text: string, length: number) => text.repeat(Math.ceil(length / text.length));
const names = (count: number, write: (n: number) => string, between: string) =>
  Array.from({ length: count }, (_, n) => write(n)).join(between);

/**
 * Small files that a careless loader works on without end. Each is loaded or refused with a limit's name; what it must not
 * do is take longer than jest waits.
 */
it.each<[string, string]>([
  ["cells.html", "<table><tr><td colspan=1000000>x</td></tr></table>"],
  ["spans.html", `<table><tr>${repeat("<td colspan=1000 rowspan=1000>x</td>", 10_000)}</tr></table>`],
  [
    "grid.html",
    `<table>${repeat(`<tr><th>h</th>${repeat("<td colspan=1000 rowspan=1000>x</td>", 100)}</tr>`, 20_000)}</table>`,
  ],
  ["divs.html", repeat("<div>", 500_000)],
  ["quotes.html", repeat("<blockquote>x", 60_000)],
  ["lists.html", repeat("<ul><li>x", 60_000)],
  ["tables.html", repeat("<table><tr><td>", 60_000)],
  ["menus.html", repeat("<div class=menu>x", 60_000)],
  ["tags.html", repeat("<", 200_000)],
  ["quotes.md", repeat("> ", 200_000)],
  ["lists.md", repeat("1. ", 200_000)],
  ["comments.md", `a ${repeat("<!--", 200_000)}`],
  ["matter.md", `---\n${names(20_000, (n) => `k${n}: v`, "\n")}\n---\ntext`],
  ["names.csv", `${names(80_000, (n) => `c${n}`, ",")}\n1,2\n`],
  ["quotes.csv", `a,b\n${repeat('"""\n', 200_000)}`],
  ["names.json", `{${names(100_000, (n) => `"k${n}":"v"`, ",")}}`],
  ["deep.json", `${repeat("[", 100_000)}${repeat("]", 100_000)}`],
  ["cut.json", repeat('{"a":', 100_000)],
  ["names.yaml", repeat("a:\n", 100_000)],
  ["lines.txt", repeat("\n", 100_000)],
  ["comments2.md", repeat("a <!-- b --> c\n\n", 200_000)],
  ["comments.html", repeat("<!-- b -->\n", 300_000)],
  ["deep.yaml", repeat("[", 20_000)],
  ["deep.toml", `a = ${repeat("[", 20_000)}`],
])(
  "%s is loaded, or refused with the limit that it breaks",
  async (name, text) => {
    const result = await load(Buffer.from(text), { name }).catch((error: unknown) => error);
    if (LoadError.isInstance(result)) expect(["loader.limit", "loader.unreadable"]).toContain(result.code);
    else expect(result).toMatchObject({ report: { type: expect.any(String) } });
  },
  60_000,
);
