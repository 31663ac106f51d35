/**
 * SentencePiece's precompiled normaliser: a double-array trie (as darts-clone lays it out) from a run of UTF-8 bytes to
 * its replacement; the replacements are null-terminated strings behind the trie.
 */
export interface Charsmap {
  /** Units of the trie. */
  readonly units: Uint32Array;
  readonly replacements: Uint8Array;
}

/** `bytes`: uint32 length of the trie in bytes, the trie, the replacements. Throws a RangeError where they are cut off. */
export function parseCharsmap(bytes: Uint8Array): Charsmap {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const trieBytes = view.getUint32(0, true);
  const units = Uint32Array.from({ length: trieBytes / 4 }, (_, i) => view.getUint32(4 + i * 4, true));
  return { units, replacements: bytes.slice(4 + trieBytes) };
}

/** What `longestReplaced` found; one object for many calls, since it is asked for every character. */
export interface Replaced {
  /** Bytes of the text that are replaced; 0 for none. */
  length: number;
  /** First byte of the replacement among `replacements`. It ends before the next 0. */
  start: number;
}

// A unit has its label in the lowest 8 bits, bit 8 where a leaf follows, and from bit 10 on the offset of its children,
// times 256 where bit 9 is set. A leaf has the highest bit, so that it matches no byte, and its value in the others.
const LABEL = 0x8000_00ff;
const LEAF_FOLLOWS = 0x100;
const LEAF_VALUE = 0x7fff_ffff;
const offsetOf = (unit: number): number => (unit >>> 10) << ((unit & 0x200) >>> 6);

/** The longest run at `from` of the text that has a replacement. */
export function longestReplaced({ units }: Charsmap, text: Uint8Array, from: number, found: Replaced): void {
  found.length = 0;
  let node = offsetOf(units[0] ?? 0);
  for (let at = from; at < text.length; at++) {
    const byte = text[at] as number;
    node ^= byte;
    const unit = units[node] ?? LABEL;
    if ((unit & LABEL) !== byte) return;
    node ^= offsetOf(unit);
    if ((unit & LEAF_FOLLOWS) !== 0) {
      found.length = at + 1 - from;
      found.start = (units[node] ?? 0) & LEAF_VALUE;
    }
  }
}
