import { unreadable } from "../load-error.ts";
import type { Ledger } from "../report/ledger.ts";
import { INVISIBLE } from "../report/words.ts";
import { decodeMixed, looksMixed } from "./decode-mixed.ts";
import { byteOrderMark, detectEncoding, utf16WithoutMark } from "./detect-encoding.ts";

export interface DecodeOptions {
  /** Asked for by the caller. */
  encoding?: string | undefined;
  /** Finds the encoding that the file declares in its first bytes. */
  declared?: ((beginning: string) => string | undefined) | undefined;
  ledger: Ledger;
}

/** Bytes at the beginning of a file in which a declaration is looked for. */
const DECLARATION_BYTES = 4_096;

/**
 * Decodes a text file: by its byte order mark, else as asked for, else as it declares, else as UTF-8 where it is that,
 * else as a detector finds. Single bytes that are no UTF-8 in a file that otherwise is are read as windows-1252 and
 * entered in the book; so is what stays unreadable. Line ends become `\n`, characters that cannot be seen within words go.
 *
 * @throws `loader.unreadable` when the bytes are not text, or the encoding has no such name.
 */
export function decodeText(bytes: Uint8Array, { encoding, declared, ledger }: DecodeOptions): string {
  const mark = byteOrderMark(bytes);
  const asked = mark ?? (encoding === undefined ? undefined : known(encoding));
  const named = asked ?? declaredEncoding(bytes, declared);
  const text = named === undefined ? decodeByContent(bytes, ledger) : decodeAs(bytes, named, ledger);
  if (text.includes("\0")) {
    throw unreadable("not text: it holds zero bytes; a text in UTF-16 or UTF-32 needs its encoding named (encoding)");
  }
  return text.replace(/\r\n?/g, "\n").replace(INVISIBLE, "");
}

function decodeByContent(bytes: Uint8Array, ledger: Ledger): string {
  const utf16 = utf16WithoutMark(bytes);
  if (utf16 !== undefined) return decodeAs(bytes, utf16, ledger);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    ledger.encoding = "utf-8";
    return text;
  } catch {
    if (bytes.includes(0)) throw unreadable("not text: it holds zero bytes");
    if (looksMixed(bytes)) return decodeMixed(bytes, ledger);
    return decodeAs(bytes, detectEncoding(bytes), ledger);
  }
}

function decodeAs(bytes: Uint8Array, encoding: string, ledger: Ledger): string {
  ledger.encoding = encoding;
  if (encoding === "utf-8") {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      return decodeMixed(bytes, ledger);
    }
  }
  const text = new TextDecoder(encoding).decode(bytes);
  if (text.includes("\uFFFD")) enterUnreadable(text, encoding, ledger);
  return text;
}

function enterUnreadable(text: string, encoding: string, ledger: Ledger): void {
  for (const [index, line] of text.split("\n").entries()) {
    const count = line.split("\uFFFD").length - 1;
    if (count === 0) continue;
    const what = `${count} ${count === 1 ? "character is" : "characters are"} not ${encoding}; name the encoding if it is another`;
    ledger.leaveOut("bad bytes", `line ${index + 1}`, "", what);
  }
}

function declaredEncoding(bytes: Uint8Array, declared: DecodeOptions["declared"]): string | undefined {
  if (declared === undefined) return undefined;
  const label = declared(new TextDecoder("latin1").decode(bytes.subarray(0, DECLARATION_BYTES)));
  try {
    const name = label === undefined ? undefined : new TextDecoder(label.trim()).encoding;
    // A file whose declaration can be read as ASCII is not in UTF-16.
    return name?.startsWith("utf-16") ? "utf-8" : name;
  } catch {
    return undefined;
  }
}

/** The WHATWG's name of an encoding. */
function known(label: string): string {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch (cause) {
    throw unreadable(
      `there is no encoding ${JSON.stringify(label.slice(0, 40))}; usual ones are utf-8, windows-1252, iso-8859-2, shift_jis, gb18030, euc-kr, koi8-r`,
      cause,
    );
  }
}
