import fc from "fast-check";
import { chunkDocument } from "./chunk-document.ts";
import type { ChunkingOptions } from "./chunking-options.ts";

const texts = (text: string, options: ChunkingOptions) => chunkDocument(text, options).map((chunk) => chunk.text);
const lines = (...all: string[]) => all.join("\n");

const LONGEST_PATH = 6 * 120 + 5 * " > ".length + 2;

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const character of part) {
    at = whole.indexOf(character, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/** The longest beginning of `after` that `before` ends with. */
function overlapOf(before: string, after: string): string {
  for (let length = after.length; length > 0; length--)
    if (before.endsWith(after.slice(0, length))) return after.slice(0, length);
  return "";
}

describe("chunkDocument", () => {
  const options = fc.record({
    by: fc.constantFrom("heading" as const, "sentence" as const, "size" as const),
    maxChars: fc.integer({ min: 100, max: 300 }),
    overlapChars: fc.integer({ min: 0, max: 49 }),
  });
  const line = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 160 }),
    fc
      .array(fc.constantFrom("Gate", "open.", "parking", "Is", "it?", "x".repeat(130), "😀"), { maxLength: 60 })
      .map((w) => w.join(" ")),
    fc.constantFrom(
      "",
      "# One",
      "## Two ##",
      "###### Six",
      "Title\n===",
      "Sub\n---",
      "```js",
      "~~~",
      "```",
      "| a | b |",
      "|---|---|",
      "- item",
      "---",
    ),
    fc.constantFrom(`# ${"long ".repeat(60)}end`, "#not a heading", "    # code"),
  );
  const text = fc.array(line, { maxLength: 30 }).map((all) => all.join("\n"));

  it("loses no character but white space and the marks of headings, and keeps the order", () => {
    fc.assert(
      fc.property(text, options, (input, chosen) => {
        const output = texts(input, chosen).join("\n");
        const marks = chosen.by === "heading" ? /[\s#=-]/gu : /\s/gu;
        expect(isSubsequence(input.replace(marks, ""), output)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("never exceeds maxChars, but for the heading path", () => {
    fc.assert(
      fc.property(text, options, (input, chosen) => {
        const longest = chosen.maxChars + (chosen.by === "heading" ? LONGEST_PATH : 0);
        const chunks = chunkDocument(input, chosen);
        expect(chunks.map((chunk) => chunk.position)).toEqual(chunks.map((_, n) => n));
        for (const chunk of chunks) {
          if (input.trim() !== "") expect(chunk.text.length).toBeLessThanOrEqual(longest);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("repeats nothing without overlap but for headers of tables and lines that announce a list", () => {
    const plain = text.map((all) => all.replace(/[|:：]/g, ""));
    fc.assert(
      fc.property(plain, fc.constantFrom("sentence" as const, "size" as const), (input, by) => {
        const output = texts(input, { by, maxChars: 100, overlapChars: 0 }).join("");
        expect(output.replace(/\s/gu, "")).toBe(input.replace(/\s/gu, ""));
      }),
    );
  });

  it("cuts no surrogate pair", () => {
    for (const part of texts("😀".repeat(400), { by: "size", maxChars: 101, overlapChars: 0 }))
      expect(part).not.toMatch(/\p{Surrogate}/u);
  });

  it("gives a blank text back as one chunk", () => {
    expect(chunkDocument("", { by: "heading" })).toEqual([{ text: "", position: 0 }]);
    expect(chunkDocument(" \n", { by: "size" })).toEqual([{ text: " \n", position: 0 }]);
  });
});

describe("chunking by heading", () => {
  it("puts the path of headings in front of each section", () => {
    const text = lines("Intro.", "# Install", "Choose.", "## Linux", "apt", "## Windows ##", "exe", "# Use", "Run.");
    expect(texts(text, { by: "heading" })).toEqual([
      "Intro.",
      "Install\n\nChoose.",
      "Install > Linux\n\napt",
      "Install > Windows\n\nexe",
      "Use\n\nRun.",
    ]);
  });

  it("knows underlined headings, and rules and lists from them", () => {
    const text = lines("Title", "=====", "", "Two", "lines", "---", "text", "", "---", "", "- item", "---", "end");
    expect(texts(text, { by: "heading" })).toEqual(["Title > Two lines\n\ntext\n\n---\n\n- item\n---\nend"]);
  });

  it("finds no heading in fenced code, indented code or front matter", () => {
    const text = lines(
      "---",
      "title: a",
      "---",
      "# A",
      "````sh",
      "# comment",
      "```",
      "## not",
      "````",
      "~~~",
      "# c",
      "~~~",
      "    # d",
      "#tag",
    );
    expect(texts(text, { by: "heading" })).toEqual([
      "---\ntitle: a\n---",
      "A\n\n````sh\n# comment\n```\n## not\n````\n~~~\n# c\n~~~\n    # d\n#tag",
    ]);
  });

  it("gives a section without text its own chunk only when no path names it", () => {
    expect(texts("# A\n# B\n## C\ntext\n## D", { by: "heading" })).toEqual(["A", "B > C\n\ntext", "B > D"]);
  });

  it("keeps code and tables whole where they fit, and cuts them at line ends where not", () => {
    const code = lines("```", ...Array.from({ length: 4 }, (_, n) => `line number ${n}`), "```");
    const prose = "A sentence of prose that is here. ".repeat(2).trim();
    const parts = texts(lines(prose, "", code, "", prose), { by: "heading", maxChars: 100 });
    expect(parts).toEqual([prose, code, prose]);
    const rows = Array.from({ length: 12 }, (_, n) => `| row ${n} | value ${n} |`);
    for (const part of texts(rows.join("\n"), { by: "heading", maxChars: 100 })) {
      for (const row of part.split("\n")) expect(rows).toContain(row);
    }
  });

  it("cuts a long section at paragraphs, then at sentences", () => {
    const long = "One sentence of some words here. Another sentence of some words. A third one, to be too long by far.";
    const text = lines("# H", "Short paragraph.", "", `${long} ${long}`);
    const parts = texts(text, { by: "heading", maxChars: 100 });
    for (const part of parts) expect(part).toMatch(/^H\n\n[\s\S]*[.]$/);
    expect(parts[0]).toBe("H\n\nShort paragraph.\n\nOne sentence of some words here. Another sentence of some words.");
  });

  it("puts a table's header in front of every piece of it", () => {
    const header = lines("| Model | Load |", "|---|---|");
    const rows = Array.from({ length: 12 }, (_, n) => `| Rack no. ${n}. Steel | ${n} kg |`);
    for (const by of ["heading", "sentence"] as const) {
      const parts = texts(lines("Racks.", "", header, ...rows, "", "Ask us."), { by, maxChars: 120 });
      expect(parts.length).toBeGreaterThan(3);
      for (const part of parts) {
        for (const line of part.split("\n"))
          expect(["Racks.", "Ask us.", "", ...header.split("\n"), ...rows]).toContain(line);
        if (part.includes("| Rack")) expect(part.match(/\| Model/g)).toHaveLength(1);
      }
      expect(parts.join("\n").match(/Rack no/g)).toHaveLength(12);
    }
    const bare = texts(lines("Model | Load", "--- | ---", ...rows.map((row) => row.slice(2, -2))), {
      by: "heading",
      maxChars: 120,
    });
    for (const part of bare) expect(part).toMatch(/^Model \| Load\n/);
  });

  it("puts the line that announces a list in front of every piece of it, and cuts between items", () => {
    const items = Array.from({ length: 10 }, (_, n) => `- Item ${n}. It has two sentences.\n  And a line below.`);
    const parts = texts(lines("You need for this:", "", ...items.slice(0, 5), "", ...items.slice(5)), {
      by: "heading",
      maxChars: 140,
    });
    for (const part of parts) {
      expect(part).toMatch(/^You need for this:\n+- Item/);
      expect(part).toMatch(/And a line below\.$/);
    }
    expect(parts.join("\n").match(/- Item/g)).toHaveLength(10);
  });

  it("does not carry a header that would take most of the room", () => {
    const header = `| ${"long name ".repeat(8)}|`;
    const parts = texts(lines(header, "|---|", ...Array.from({ length: 8 }, (_, n) => `| row number ${n} |`)), {
      by: "heading",
      maxChars: 100,
    });
    expect(parts.filter((part) => part.includes("long name"))).toHaveLength(1);
  });

  it("cuts a very long heading in the path and keeps it whole in its section", () => {
    const heading = "word ".repeat(40).trim();
    expect(texts(`# ${heading}\ntext`, { by: "heading" })).toEqual([`${heading.slice(0, 119)}…\n\n# ${heading}\ntext`]);
  });
});

describe("chunking by sentence and by size", () => {
  const text =
    "The gate opens at six. It closes at ten. Ask the guard for help. Parking costs two euros. Refunds take a week.";

  it("packs whole sentences", () => {
    expect(texts(text, { by: "sentence", maxChars: 100 })).toEqual([
      "The gate opens at six. It closes at ten. Ask the guard for help. Parking costs two euros.",
      "Refunds take a week.",
    ]);
  });

  it("does not cut a sentence where its line was wrapped", () => {
    const wrapped = lines(
      "The gate of the lower car park is opened every day by the guard who",
      "has the early shift, at six. It is closed at ten in the evening by the",
      "Guard of the late shift. Tickets that are lost cost twenty euros.",
    );
    for (const part of texts(wrapped, { by: "sentence", maxChars: 150 })) expect(part).toMatch(/^[TI][\s\S]*\.$/);
    const log = Array.from(
      { length: 9 },
      (_, n) => `2026-11-0${n} 10:00 the door of hall number ${n} was opened by nobody`,
    );
    for (const part of texts(log.join("\n"), { by: "sentence", maxChars: 150 })) {
      for (const line of part.split("\n")) expect(log).toContain(line);
    }
  });

  it("repeats whole words of the chunk before as overlap", () => {
    const parts = texts(`${text} ${text}`, { by: "size", maxChars: 100, overlapChars: 20 });
    for (const [n, part] of parts.slice(1).entries()) {
      const repeated = overlapOf(parts[n] as string, part);
      expect(repeated.length).toBeGreaterThan(5);
      expect(repeated.length).toBeLessThanOrEqual(20);
      expect(text.split(" ")).toContain(repeated.split(" ")[0]);
    }
    expect(parts.length).toBeGreaterThan(2);
  });

  it("overlaps by size with 150 characters unless told otherwise, by sentence not at all", () => {
    const long = Array.from({ length: 600 }, (_, n) => `word${n}`).join(" ");
    const [first = "", second = ""] = texts(long, { by: "size" });
    expect(first).toContain(second.slice(0, 140));
    const sentences = texts(long.replaceAll(" ", ". "), { by: "sentence" });
    expect(new Set(sentences.join(" ").split(/\s+/)).size).toBe(600);
    expect(sentences.join(" ").split(/\s+/)).toHaveLength(600);
  });
});

describe("chunking options", () => {
  it.each<[unknown, string]>([
    [{ by: "page" }, "chunking.by"],
    [{}, "chunking.by"],
    [undefined, "chunking"],
    [{ by: "size", maxChars: 99 }, "chunking.maxChars"],
    [{ by: "size", maxChars: 20_001 }, "chunking.maxChars"],
    [{ by: "size", maxChars: 100.5 }, "chunking.maxChars"],
    [{ by: "size", maxChars: "500" }, "chunking.maxChars"],
    [{ by: "size", maxChars: 100, overlapChars: 50 }, "chunking.overlapChars"],
    [{ by: "size", overlapChars: -1 }, "chunking.overlapChars"],
    [{ by: "size", overlapChars: Number.NaN }, "chunking.overlapChars"],
  ])("refuses %j", (options, argument) => {
    expect(() => chunkDocument("text", options as ChunkingOptions)).toThrow(
      expect.objectContaining({ code: "argument.invalid", argument }),
    );
  });
});

it.each(["#", " ", "-", "=", "|", ">", "\t", "`", "*", ":", "a", ". ", "# ", "| ", "- ", "1."])(
  "cuts a long run of %j in time that grows with its length",
  (run) => {
    for (const by of ["heading", "sentence", "size"] as const) {
      const chunks = chunkDocument(`# x${run.repeat(100_000 / run.length)}y`, { by });
      expect(chunks.length).toBeGreaterThan(0);
      expect(chunkDocument(run.repeat(100_000 / run.length), { by }).length).toBeGreaterThan(0);
    }
  },
);
