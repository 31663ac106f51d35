import type { Loader } from "../loader.ts";
import { parseCues } from "./cues.ts";
import { turnParts } from "./turn-parts.ts";

/** WebVTT and SRT: one document for what one speaker says without a break, or for a passage; who and when are metadata. */
export const captionsLoader: Loader = {
  type: "captions",
  extensions: [".vtt", ".srt", ".sbv"],
  load(source) {
    const text = source.text();
    // YouTube's SBV has a comma for the arrow.
    const arrows = text.replace(/^(\d+:\d\d:\d\d\.\d{3}),(\d+:\d\d:\d\d\.\d{3})$/gm, "$1 --> $2");
    return turnParts(parseCues(arrows, source.ledger));
  },
};
