import { type Element, elementsOf } from "../html/tree.ts";
import { attribute, childNamed, childrenNamed, local, textOfXml } from "./package.ts";

const DAY_MS = 86_400_000;
/** Built-in formats of dates and times (ECMA-376, 18.8.30). */
const DATE_FORMATS = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57]);

/** Reads cells of a workbook as text: shared strings, numbers, booleans, dates as ISO 8601. */
export function cellReader(
  sharedStrings: Element | undefined,
  styles: Element | undefined,
  uses1904: boolean,
): (cell: Element) => string {
  const strings =
    sharedStrings === undefined
      ? []
      : [...elementsOf(sharedStrings)].filter((element) => local(element) === "si").map(richText);
  const isDate = dateStyles(styles);
  return (cell) => {
    const value = childNamed(cell, "v");
    const text = value === undefined ? "" : textOfXml(value);
    switch (attribute(cell, "t")) {
      case "s":
        return strings[Number(text)] ?? "";
      case "inlineStr": {
        const inline = childNamed(cell, "is");
        return inline === undefined ? "" : richText(inline);
      }
      case "b":
        return text === "1" ? "true" : "false";
      case "str":
      case "d":
        return text;
      case "e":
        return "";
      default: {
        if (text === "" || Number.isNaN(Number(text))) return text;
        if (isDate.has(Number(attribute(cell, "s") ?? 0))) return dateOf(Number(text), uses1904);
        return String(Number(Number(text).toPrecision(15)));
      }
    }
  };
}

/** Runs together, without the reading aids of Japanese. */
function richText(item: Element): string {
  const own = childrenNamed(item, "t").map(textOfXml);
  const runs = childrenNamed(item, "r").flatMap((run) => childrenNamed(run, "t").map(textOfXml));
  return [...own, ...runs].join("");
}

/** Numbers of the cell styles that show dates. */
function dateStyles(styles: Element | undefined): ReadonlySet<number> {
  const dates = new Set<number>();
  if (styles === undefined) return dates;
  const custom = new Set<number>();
  for (const element of elementsOf(styles)) {
    const code = attribute(element, "formatCode")?.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, "") ?? "";
    if (local(element) === "numFmt" && /[ymdhs]/i.test(code) && !/[#0?]/.test(code.replace(/\.0+/g, ""))) {
      custom.add(Number(attribute(element, "numFmtId")));
    }
  }
  const list = [...elementsOf(styles)].find((element) => local(element) === "cellXfs");
  for (const [index, style] of (list === undefined ? [] : childrenNamed(list, "xf")).entries()) {
    const format = Number(attribute(style, "numFmtId"));
    if (DATE_FORMATS.has(format) || custom.has(format)) dates.add(index);
  }
  return dates;
}

/** Days since the end of 1899, in which Excel counts a 29 February 1900 that never was. */
function dateOf(serial: number, uses1904: boolean): string {
  const days = uses1904 ? serial + 1_462 : serial < 60 ? serial + 1 : serial;
  const date = new Date(Math.round((days - 25_569) * DAY_MS));
  if (Number.isNaN(date.getTime())) return String(serial);
  const iso = date.toISOString();
  if (serial < 1) return iso.slice(11, 19);
  return iso.endsWith("T00:00:00.000Z") ? iso.slice(0, 10) : iso.slice(0, 19);
}
