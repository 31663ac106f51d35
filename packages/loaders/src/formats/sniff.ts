import type { SourceType } from "../source-type.ts";

/** What a file is by its first bytes, where its name does not tell; undefined for pictures, programs and the like. */
export function sniffType(bytes: Uint8Array): SourceType | undefined {
  const beginning = new TextDecoder("latin1").decode(bytes.subarray(0, 2_048));
  const text = beginning.replace(/^(?:ï»¿|[ÿþ]{2})/, "").trimStart();
  if (text.startsWith("%PDF-")) return "pdf";
  if (beginning.startsWith("PK\u0003\u0004")) return zipType(bytes);
  if (bytes.subarray(0, 2_048).includes(0) && !/^[ÿþ]{2}/.test(beginning)) return isUtf16(bytes) ? "text" : undefined;
  if (/^<!doctype html|^<html[\s>]/i.test(text)) return "html";
  if (/^WEBVTT\b/.test(text)) return "captions";
  if (/^<\?xml[\s]/.test(text)) return "xml";
  if (/^(?:\{\s*"|\[\s*[[{"\d])/.test(text)) return "json";
  if (/^(?:from|to|subject|received|return-path|message-id|mime-version|date): .*\r?\n[A-Za-z-]+: /i.test(text))
    return "eml";
  return "text";
}

/** Packed office files say what they are by the names in them. */
function zipType(bytes: Uint8Array): SourceType | undefined {
  const names =
    new TextDecoder("latin1").decode(bytes.subarray(0, 65_536)) +
    new TextDecoder("latin1").decode(bytes.subarray(-65_536));
  if (names.includes("word/document.xml")) return "docx";
  if (names.includes("xl/workbook.xml")) return "xlsx";
  if (names.includes("ppt/presentation.xml")) return "pptx";
  return names.includes("application/epub+zip") ? "epub" : undefined;
}

function isUtf16(bytes: Uint8Array): boolean {
  let zeros = 0;
  const sample = bytes.subarray(0, 512);
  for (let at = 1; at < sample.length; at += 2) if (sample[at] === 0) zeros++;
  return zeros > sample.length / 6;
}
