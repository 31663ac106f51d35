export { Bitmap, lowestBit } from "./bitmap.ts";
export { detached } from "./detached.ts";
export type { LateBytes } from "./late-bytes.ts";
export { numbersIn } from "./numbers-in.ts";
export type { ScoredSlots } from "./scored-slots.ts";
export { decodeStrings, encodeStrings } from "./string-list.ts";
