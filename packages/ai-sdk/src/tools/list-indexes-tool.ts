import type { IndexInfo } from "@sotto/core";
import { type Tool, tool } from "ai";
import { z } from "zod";
import type { ToolCallOptions, ToolSetup } from "./tool-setup.ts";

export type ListedIndex = { name: string; docCount: number; chunkCount: number; version: number };
export type IndexesOutput = { indexes: ListedIndex[] };

export const indexesOutputSchema: z.ZodType<IndexesOutput> = z.object({
  indexes: z.array(z.object({ name: z.string(), docCount: z.number(), chunkCount: z.number(), version: z.number() })),
});

/** Names the indexes that the application lets the model search. */
export function listIndexesTool(setup: ToolSetup): Tool<Record<string, never>, IndexesOutput> {
  async function execute(_input: Record<string, never>, call: ToolCallOptions): Promise<IndexesOutput> {
    return setup.within("listIndexes", call, async () => ({ indexes: (await allowedIndexes(setup)).map(listed) }));
  }

  return tool({
    description: "Lists the knowledge bases that can be searched.",
    inputSchema: z.object({}) as z.ZodType<Record<string, never>>,
    outputSchema: indexesOutputSchema,
    toModelOutput: ({ output }) => ({ type: "text", value: describeIndexes(output) }),
    execute,
  }) as Tool<Record<string, never>, IndexesOutput>;
}

export async function allowedIndexes({ memory, options }: ToolSetup): Promise<IndexInfo[]> {
  const all = await memory.listIndexes();
  // A dot in front marks a program's own index, such as a store with data of every user.
  if (options.indexes === undefined) return all.filter(({ name }) => !name.startsWith("."));
  return all.filter(({ name }) => options.indexes?.includes(name));
}

export function listed({ name, docCount, chunkCount, version }: IndexInfo): ListedIndex {
  return { name, docCount, chunkCount, version };
}

export function describeIndexes({ indexes }: IndexesOutput): string {
  if (indexes.length === 0) return "There is no knowledge base.";
  return indexes.map(({ name, docCount }) => `${name}: ${docCount} documents`).join("\n");
}
