import { type DynamicStructuredTool, tool } from "@langchain/core/tools";
import type { Lane, Recall, RecallOptions, Sotto } from "@sotto/core";
import { withoutUndefined } from "../without-undefined.ts";
import type { MemoryToolsOptions } from "./memory-tools-options.ts";
import { type MemoryToolConfig, resolveScope } from "./tool-scope.ts";

const SCHEMA = {
  type: "object",
  properties: {
    query: {
      type: "string",
      minLength: 1,
      maxLength: 2_000,
      description: "What to look for: a question or a few words, in full, without pronouns.",
    },
  },
  required: ["query"],
  additionalProperties: false,
} as const;

/** A tool that searches some lanes of memory. Content: the fenced text; artifact: the `Recall`. */
export function searchTool(
  sotto: Sotto,
  { scope, topK, filter, minScore, contextCharCap, perLaneCharCap, orgIndexes, timeoutMs = 2_000 }: MemoryToolsOptions,
  { name, description, lanes }: { name: string; description: string; lanes: readonly Lane[] | undefined },
): DynamicStructuredTool {
  const search = async ({ query }: { query: string }, config?: MemoryToolConfig): Promise<[string, Recall]> => {
    const recall = await sotto.searchMemory(query, {
      ...withoutUndefined({ lanes, topK, filter, minScore, contextCharCap, perLaneCharCap, orgIndexes }),
      ...resolveScope(scope, config),
      timeoutMs,
      ...withoutUndefined({ signal: config?.signal }),
    } as RecallOptions);
    return [recall.contextText === "" ? "Nothing was found." : recall.contextText, recall];
  };
  return tool(search, {
    name,
    description,
    schema: SCHEMA,
    responseFormat: "content_and_artifact",
  }) as unknown as DynamicStructuredTool;
}
