export { createArena } from "./arena.ts";
export { heapBegin, replaceWorst, sortBestFirst } from "./javascript-heap.ts";
export { type Arena, SHORTLIST_STATE_BYTES } from "./kernel.ts";
export { viewsOf } from "./memory-views.ts";
