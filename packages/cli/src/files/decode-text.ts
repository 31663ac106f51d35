/**
 * Decodes a text file: UTF-8, or UTF-16 where a byte order mark says so. Line ends become `\n`.
 *
 * @throws when the bytes are not text.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`not text: it cannot be read as ${encoding.toUpperCase()}`, { cause });
  }
  if (text.includes("\0")) throw new Error("not text: it holds zero bytes");
  return text.replace(/\r\n?/g, "\n");
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}
