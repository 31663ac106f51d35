import { InvalidArgumentError } from "../../errors/index.ts";
import { listIndexesTool, loadIndexTool } from "./index-tools.ts";
import { searchTool } from "./search-tool.ts";
import type { MemoryToolOptions, MemoryToolSet, ToolSotto } from "./tool-types.ts";
import { addDocumentsTool, forgetTool, rememberTool } from "./write-tools.ts";

const WRITE_TOOLS = {
  remember: rememberTool,
  forget: forgetTool,
  add_documents: addDocumentsTool,
};

/**
 * Memory as tools of a model, for any framework: names, descriptions, schemas and what they do. User, session and indexes
 * are the application's: no tool has a parameter for them. Tools that write are there only when named in `write`.
 *
 * @throws `argument.invalid` for a write tool that there is not, and for `add_documents` without `writeIndex`.
 * @example
 * const { search_memory } = memoryToolSet(sotto);
 * const { text } = await search_memory.run({ query: "opening hours" }, { scope: { user: "ada" } });
 */
export function memoryToolSet(sotto: ToolSotto, options: MemoryToolOptions = {}): MemoryToolSet {
  const { write = [] } = options;
  for (const name of write) {
    if (!Object.hasOwn(WRITE_TOOLS, name))
      throw new InvalidArgumentError(
        "write",
        `${JSON.stringify(name)} is not one of ${Object.keys(WRITE_TOOLS).join(", ")}`,
      );
  }
  return {
    search_memory: searchTool(sotto, options, {
      name: "search_memory",
      description:
        "Searches what is known: who the user is, what was said in this and earlier conversations, and the knowledge base. Use it before saying that something is not known.",
      lanes: options.lanes,
    }),
    search_knowledge_base: searchTool(sotto, options, {
      name: "search_knowledge_base",
      description:
        "Searches the knowledge base: documents, not conversations. Use it before answering anything that is not general knowledge.",
      lanes: ["org"],
    }),
    search_conversation: searchTool(sotto, options, {
      name: "search_conversation",
      description:
        "Searches what was said earlier in this conversation and in earlier ones with this user. Use it when the user refers to something that you do not see.",
      lanes: ["working", "permanent"],
    }),
    list_indexes: listIndexesTool(sotto, options),
    load_index: loadIndexTool(sotto, options),
    ...Object.fromEntries(write.map((name) => [name, WRITE_TOOLS[name](sotto, options)])),
  };
}
