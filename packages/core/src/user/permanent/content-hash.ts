const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
/** Second start value, so that the two halves differ. */
const OTHER_OFFSET = 0x9747b28c;

/** 64 bits of a text as 16 hexadecimal digits: FNV-1a over UTF-16 code units, twice. Not for secrets. */
export function contentHash(text: string): string {
  let low = OFFSET;
  let high = OTHER_OFFSET;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, PRIME);
    high = Math.imul(high ^ code, PRIME) ^ (high >>> 15);
  }
  return hex(high) + hex(low);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0");
}
