import { strToU8, zipSync } from "fflate";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { load } from "./load.ts";
import { LoadError } from "./load-error.ts";

const ROUNDS = 100;

/** Mulberry32: the same numbers in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const MARKS = [
  '"',
  "'",
  "<",
  ">",
  "{",
  "}",
  "[",
  "]",
  ",",
  ";",
  ":",
  "\n",
  "\n\n",
  "|",
  "#",
  "\t",
  "-->",
  "<!--",
  "]]>",
  "&#x0;",
  "\u0000",
  "\ufeff",
  "é",
];

/** A file with a few faults: bytes changed, taken out, repeated, put in, or its end cut off. */
function mutated(bytes: Uint8Array, next: () => number): Uint8Array {
  let result = Buffer.from(bytes);
  for (let n = 0; n <= Math.floor(next() * 4); n++) {
    const at = Math.floor(next() * result.length);
    const length = Math.floor(next() * Math.min(40, result.length - at));
    const before = result.subarray(0, at);
    const after = result.subarray(at + length);
    const kind = Math.floor(next() * 5);
    if (kind === 0) result = Buffer.concat([before, Buffer.from([Math.floor(next() * 256)]), result.subarray(at + 1)]);
    else if (kind === 1) result = Buffer.concat([before, after]);
    else if (kind === 2) result = Buffer.concat([before, result.subarray(at, at + length), result.subarray(at)]);
    else if (kind === 3)
      result = Buffer.concat([
        before,
        Buffer.from(MARKS[Math.floor(next() * MARKS.length)] ?? ""),
        result.subarray(at),
      ]);
    else result = Buffer.from(before);
  }
  return result;
}

const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

async function pdf(): Promise<Uint8Array> {
  const file = await PDFDocument.create();
  const font = await file.embedFont(StandardFonts.Helvetica);
  const page = file.addPage();
  for (const [n, text] of [
    "The oven is hot and loud-",
    "er than the fridge.",
    "Part    Price",
    "Belt    9.50",
  ].entries())
    page.drawText(text, { x: 40, y: 700 - n * 14, size: 11, font });
  return file.save({ useObjectStreams: false });
}

const samples: Record<string, string | Uint8Array | (() => Promise<Uint8Array>)> = {
  "a.md":
    "---\ntitle: Ovens\ntags: [hot, loud]\n---\n# Care\n\nWipe it. <!-- not now --> <b>Really</b>.\n\n| Part | Price |\n|---|---|\n| Belt | 9 |\n\n```\ncode\n```\n",
  "a.mdx": 'import X from "x"\n\n# Care\n\n<X a={1}>Wipe it.</X> {/* later */}\n',
  "a.txt": "Ana: The oven is hot.\nBen: Turn it off.\nAna: How?\nBen: There is a knob.\n",
  "a.log": "10:00 started\n10:05 failed with code E21\n",
  "a.html":
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>Ovens</title></head><body><nav><a href=/>Home</a></nav><main><h1>Care</h1><p hidden>x</p><ul><li>Wipe<li>Dry</ul><table><tr><th>Part<th>Price<tr><td>Belt<td>9</table><dl><dt>E1<dd>Hot</dl><pre># x</pre></main></body></html>",
  "a.json":
    '{"shop":"Ulm","items":[{"id":"a","name":"Belt","price":9.5,"tags":["x","y"]},{"id":"b","name":"Drum","note":null,"size":{"w":3}}]}',
  "a.jsonl": '{"id":1,"text":"The oven is hot."}\n{"id":2,"text":"The fridge is cold."}\n',
  "a.csv": 'sku,name,price\nA-1,"Belt, long",9.50\nA-2,Drum,n/a\n',
  "a.tsv": "sku\tname\nA-1\tBelt\n",
  "a.yaml": "shop: Ulm\nparts:\n  - name: Belt\n    sizes: [S, M]\n  - name: Drum\n",
  "a.toml": '[[parts]]\nname = "Belt"\n[[parts]]\nname = "Drum"\n',
  "a.xml":
    '<?xml version="1.0"?><parts><part sku="A-1"><name>Belt</name></part><part sku="A-2"><name>Drum</name></part></parts>',
  "a.vtt":
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>The oven is hot.\n\n00:03.000 --> 00:04.000\n<v Ben>Turn it off.\n",
  "a.eml":
    "From: a@example.org\r\nSubject: Ovens\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>It is hot.</p>\r\n--x\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\na,b\r\n1,2\r\n--x--\r\n",
  "a.docx": zip({
    "word/document.xml": "<w:document><w:body><w:p><w:r><w:t>The oven is hot.</w:t></w:r></w:p></w:body></w:document>",
  }),
  "a.xlsx": zip({
    "xl/workbook.xml": '<workbook><sheets><sheet name="P" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/s.xml"/></Relationships>',
    "xl/worksheets/s.xml":
      '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Belt</t></is></c></row></sheetData></worksheet>',
  }),
  "a.epub": zip({
    "META-INF/container.xml": '<container><rootfile full-path="b.opf"/></container>',
    "b.opf": '<package><manifest><item id="a" href="c.html"/></manifest><spine><itemref idref="a"/></spine></package>',
    "c.html": "<h1>One</h1><p>The oven is hot.</p>",
  }),
  "a.msg": Buffer.from("d0cf11e0a1b11ae1", "hex"),
  "a.pdf": pdf,
};

it.each(Object.keys(samples))(
  "a damaged %s is loaded or refused, and nothing of it is lost in silence",
  async (name) => {
    const sample = samples[name] ?? "";
    const bytes =
      typeof sample === "string" ? Buffer.from(sample) : typeof sample === "function" ? await sample() : sample;
    const next = random([...name].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7));
    let loaded = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const input = mutated(bytes, next);
      const result = await load(input, { name, limits: { timeMs: 10_000 } }).catch((error: unknown) => error);
      if (result instanceof Error) {
        expect({ name: result.name, message: result.message }).toMatchObject({ name: "LoadError" });
        expect(LoadError.isInstance(result)).toBe(true);
        continue;
      }
      loaded++;
      const { documents, report } = result as Awaited<ReturnType<typeof load>>;
      expect(report.charsIn).toBe(report.charsKept + report.charsLeftOut);
      const lost = report.leftOut.filter(({ reason }) => reason === "lost");
      expect(lost.length > 0 ? { lost, input: input.toString() } : undefined).toBeUndefined();
      expect(new Set(documents.map(({ id }) => id)).size).toBe(documents.length);
    }
    if (name !== "a.msg") expect(loaded).toBeGreaterThan(0);
  },
);
