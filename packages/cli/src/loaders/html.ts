import { convert, type FormatCallback, type HtmlToTextOptions } from "html-to-text";
import { decodeText } from "../files/decode-text.ts";
import type { Loader } from "./loader.ts";

/** `<h2>` becomes `## …`, so that HTML can be cut at its headings as Markdown is. */
const markdownHeading: FormatCallback = (element, walk, builder, options) => {
  builder.openBlock({ leadingLineBreaks: options.leadingLineBreaks ?? 2 });
  builder.addLiteral(`${"#".repeat(Number(element.name?.slice(1)))} `);
  walk(element.children, builder);
  builder.closeBlock({ trailingLineBreaks: options.trailingLineBreaks ?? 2 });
};

const skipped = ["head", "title", "nav", "script", "style", "noscript", "template", "svg", "img", "form", "button"];

const toText: HtmlToTextOptions = {
  wordwrap: false,
  formatters: { markdownHeading },
  selectors: [
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, format: "markdownHeading" })),
    ...skipped.map((selector) => ({ selector, format: "skip" })),
    { selector: "a", options: { ignoreHref: true } },
    { selector: "table", format: "dataTable", options: { uppercaseHeaderCells: false } },
  ],
};

const titleToText: HtmlToTextOptions = {
  wordwrap: false,
  baseElements: { selectors: ["title"], returnDomByDefault: false },
  selectors: [{ selector: "title", format: "inline" }],
};

/** HTML: one document of its visible text (of `<main>` or `<article>` where there is one), without navigation. */
export const htmlLoader: Loader = {
  type: "html",
  extensions: [".html", ".htm", ".xhtml"],
  load({ bytes }) {
    const html = decodeText(bytes);
    const text = convert(html, { ...toText, baseElements: baseOf(html) });
    const title = convert(html, titleToText).trim() || /^# (.+)$/m.exec(text)?.[1]?.trim();
    return [{ text, ...(title === undefined ? {} : { title }) }];
  },
};

/** Only the first that is there: `<body>` holds the `<main>` and would repeat it. */
function baseOf(html: string): HtmlToTextOptions["baseElements"] {
  const element = ["main", "article", "body"].find((name) => new RegExp(`<${name}[\\s>]`, "i").test(html));
  return { selectors: [element ?? "body"], returnDomByDefault: true };
}
