import { type Tool, tool } from "ai";
import { z } from "zod";
import {
  allowedIndexes,
  describeIndexes,
  type IndexesOutput,
  indexesOutputSchema,
  listed,
} from "./list-indexes-tool.ts";
import type { ToolCallOptions, ToolSetup } from "./tool-setup.ts";

/** Loads the application's indexes into the process, so that the searches that follow are fast. */
export function loadIndexTool(setup: ToolSetup): Tool<Record<string, never>, IndexesOutput> {
  async function execute(_input: Record<string, never>, call: ToolCallOptions): Promise<IndexesOutput> {
    return setup.within("loadIndex", call, async (signal) => {
      const indexes = [];
      for (const { name } of await allowedIndexes(setup)) {
        signal.throwIfAborted();
        indexes.push(listed(await setup.memory.loadIndex(name)));
      }
      return { indexes };
    });
  }

  return tool({
    description: "Loads the knowledge bases into memory before several searches.",
    inputSchema: z.object({}) as z.ZodType<Record<string, never>>,
    outputSchema: indexesOutputSchema,
    toModelOutput: ({ output }) => ({ type: "text", value: `Loaded.\n${describeIndexes(output)}` }),
    execute,
  }) as Tool<Record<string, never>, IndexesOutput>;
}
