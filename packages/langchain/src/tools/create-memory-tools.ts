import { type DynamicStructuredTool, tool } from "@langchain/core/tools";
import type { Sotto } from "@sotto/core";
import { type MemoryTool, memoryToolSet } from "@sotto/core/adapter";
import type { MemoryToolsOptions } from "./memory-tools-options.ts";
import { type MemoryToolConfig, resolveScope, type ToolScope } from "./tool-scope.ts";

/**
 * Memory as tools of a model: `search_memory` (who the user is, this and earlier conversations, the knowledge base),
 * `search_knowledge_base`, `search_conversation`, `list_indexes`, `load_index`, and those named in `write`: `remember`,
 * `forget`, `add_documents`. Called by a model they answer a ToolMessage whose content is fenced text for the model and
 * whose `artifact` is the whole `Recall` of a search, or what was written.
 *
 * @throws `argument.invalid` for a write tool that there is not, and for `add_documents` without `writeIndex`.
 * @example
 * const tools = createMemoryTools(sotto, { scope: { user: "ada" }, write: ["remember"] });
 * const agent = createAgent({ model, tools });
 */
export function createMemoryTools(sotto: Sotto, { scope, ...options }: MemoryToolsOptions): DynamicStructuredTool[] {
  return Object.values(memoryToolSet(sotto, options)).map((each: MemoryTool) => langchainTool(each, scope));
}

function langchainTool({ name, description, parameters, run }: MemoryTool, scope: ToolScope): DynamicStructuredTool {
  const call = async (args: unknown, config?: MemoryToolConfig): Promise<[string, unknown]> => {
    const whose = resolveScope(scope, config);
    const { text, value, recall } = await run(args, { scope: whose, signal: config?.signal });
    return [text, recall ?? value];
  };
  return tool(call, {
    name,
    description,
    schema: parameters as never,
    responseFormat: "content_and_artifact",
  }) as unknown as DynamicStructuredTool;
}
