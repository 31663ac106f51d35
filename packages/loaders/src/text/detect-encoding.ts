import { analyse } from "chardet";
import jschardet from "jschardet";

/** Bytes that a detector looks at. */
const SAMPLE_BYTES = 65_536;
/** Below this share of letters beyond ASCII a text is in Latin script. */
const LATIN_SHARE = 0.4;

/** What chardet calls the encodings of Latin script, and the WHATWG's names. */
const LATIN: Readonly<Record<string, string>> = {
  "ISO-8859-1": "windows-1252",
  "windows-1252": "windows-1252",
  "ISO-8859-2": "iso-8859-2",
  "windows-1250": "windows-1250",
  "ISO-8859-9": "windows-1254",
  "windows-1254": "windows-1254",
  "windows-1257": "windows-1257",
};

/** Names that the WHATWG does not know. */
const ALIASES: Readonly<Record<string, string>> = {
  cp932: "shift_jis",
  cp949: "euc-kr",
  cp874: "windows-874",
  johab: "euc-kr",
  "euc-tw": "big5",
  gb2312: "gb18030",
};

export function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return "utf-8";
  if (a === 0xff && b === 0xfe) return "utf-16le";
  if (a === 0xfe && b === 0xff) return "utf-16be";
  return undefined;
}

/** Text of which nearly every second byte is zero is in UTF-16, whose byte order mark is missing. */
export function utf16WithoutMark(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  if (sample.length < 4 || !sample.includes(0)) return undefined;
  const zeros = [0, 0];
  sample.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const pairs = sample.length / 2;
  if (even + odd < 4) return undefined;
  if (odd > pairs * 0.3 && even < pairs * 0.02) return "utf-16le";
  return even > pairs * 0.3 && odd < pairs * 0.02 ? "utf-16be" : undefined;
}

/**
 * The likely encoding of bytes that are not UTF-8. For Latin script chardet is right where jschardet guesses, for all
 * other scripts it is the other way round; which one it is, the share of letters beyond ASCII tells.
 */
export function detectEncoding(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  if (isLatin(sample)) return latinEncoding(sample);
  const { encoding } = jschardet.detect(sample);
  return (encoding && whatwgName(encoding)) || "windows-1252";
}

/** windows-1252, by far the most frequent, unless another one is clearly more likely. */
function latinEncoding(sample: Uint8Array): string {
  const found = analyse(sample).flatMap(({ name, confidence }) => {
    const encoding = LATIN[name];
    return encoding === undefined ? [] : [{ encoding, confidence }];
  });
  const [best] = found;
  const western = found.find(({ encoding }) => encoding === "windows-1252")?.confidence ?? 0;
  // Turkish differs in six letters only, so it is never ahead by much.
  const share = best?.encoding === "windows-1254" ? 1 : 0.7;
  if (best === undefined || western >= best.confidence * share) return "windows-1252";
  // C1 control codes are characters in windows-1250, and nothing in ISO 8859-2.
  const hasC1 = sample.some((byte) => byte >= 0x80 && byte < 0xa0);
  return best.encoding === "iso-8859-2" && hasC1 ? "windows-1250" : best.encoding;
}

function isLatin(sample: Uint8Array): boolean {
  let ascii = 0;
  let high = 0;
  let inRuns = 0;
  sample.forEach((byte, at) => {
    if (byte >= 0x80) {
      high++;
      if ((sample[at - 1] ?? 0) >= 0x80 || (sample[at + 1] ?? 0) >= 0x80) inRuns++;
    } else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) ascii++;
  });
  return high < (high + ascii) * LATIN_SHARE && inRuns < high * 0.6;
}

function whatwgName(name: string): string | undefined {
  const lower = name.toLowerCase().replace(/^iso8859/, "iso-8859");
  const label = ALIASES[lower] ?? lower;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
