import { type DynamicStructuredTool, tool } from "@langchain/core/tools";
import type { ForgetResult, MemoryRecord, Sotto } from "@sotto/core";
import { type MemoryToolConfig, resolveScope, type ToolScope } from "./tool-scope.ts";

/** Keeps one fact in the user's permanent memory; the same fact twice is one memory. Artifact: the `MemoryRecord`. */
export function rememberTool(sotto: Sotto, scope: ToolScope): DynamicStructuredTool {
  const remember = async ({ fact }: { fact: string }, config?: MemoryToolConfig): Promise<[string, MemoryRecord]> => [
    "Remembered.",
    await sotto.remember(resolveScope(scope, config).user, fact),
  ];
  return tool(remember, {
    name: "remember",
    description:
      "Keeps a fact about the user for later conversations. Use it when the user asks to remember something.",
    schema: textSchema("fact", 1_000, "One sentence about the user that holds true on its own, with its subject."),
    responseFormat: "content_and_artifact",
  }) as unknown as DynamicStructuredTool;
}

/** Erases one memory of the user, for good. Artifact: the `ForgetResult`. */
export function forgetTool(sotto: Sotto, scope: ToolScope): DynamicStructuredTool {
  const forget = async (
    { memoryId }: { memoryId: string },
    config?: MemoryToolConfig,
  ): Promise<[string, ForgetResult]> => {
    const result = await sotto.forget({ user: resolveScope(scope, config).user, memoryId });
    return [result.memories > 0 ? "Forgotten." : "There is no such memory.", result];
  };
  return tool(forget, {
    name: "forget",
    description: "Erases one memory about the user, for good. Use it only when the user asks to.",
    schema: textSchema("memoryId", 512, "The id of the memory."),
    responseFormat: "content_and_artifact",
  }) as unknown as DynamicStructuredTool;
}

function textSchema(name: string, maxLength: number, description: string) {
  return {
    type: "object",
    properties: { [name]: { type: "string", minLength: 1, maxLength, description } },
    required: [name],
    additionalProperties: false,
  } as const;
}
