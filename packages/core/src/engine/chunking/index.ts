export { type Chunk, chunkDocument } from "./chunk-document.ts";
export { resolveChunking } from "./chunking-options.ts";
