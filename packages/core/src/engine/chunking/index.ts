export { chunkDocument } from "./chunk-document.ts";
export type { ChunkingOptions } from "./chunking-options.ts";
