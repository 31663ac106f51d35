export { createMemoryClient, type MemoryClient, type StartedSession } from "./memory-client.ts";
export {
  type SearchMemoryResult,
  type SearchMemoryTool,
  type SearchMemoryToolOptions,
  searchMemoryTool,
} from "./search-memory-tool.ts";
