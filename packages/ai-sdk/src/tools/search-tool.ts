import type { Lane } from "@sotto/core";
import { type Tool, tool } from "ai";
import { z } from "zod";
import { DeadlineExceededError } from "../deadline/deadline-exceeded-error.ts";
import { withDeadline } from "../deadline/with-deadline.ts";
import { type SearchOutput, searchModelOutput, searchOutputSchema, toSearchOutput } from "./search-output.ts";
import type { ToolCallOptions, ToolSetup } from "./tool-setup.ts";

export type SearchInput = { query: string };

/** `searchMemory` answers with what it has at its own deadline: it gets this long to do so. */
const GRACE_MS = 250;

const inputSchema: z.ZodType<SearchInput> = z.object({
  query: z
    .string()
    .min(1)
    .max(2_000)
    .describe("What to look for: a question or a few words, in full, without pronouns."),
});

/** A tool that searches some lanes of memory. It fails only when the call is aborted. */
export function searchTool(
  setup: ToolSetup,
  { description, lanes }: { description: string; lanes: readonly Lane[] | undefined },
): Tool<SearchInput, SearchOutput> {
  const { memory, options } = setup;
  const { topK, filter, minScore, contextCharCap, perLaneCharCap, indexes, timeoutMs = 2_000 } = options;
  const recallOptions = Object.fromEntries(
    Object.entries({ lanes, topK, filter, minScore, contextCharCap, perLaneCharCap, orgIndexes: indexes }).filter(
      ([, value]) => value !== undefined,
    ),
  );

  async function execute({ query }: SearchInput, call: ToolCallOptions): Promise<SearchOutput> {
    const scope = setup.scopeOf(call);
    try {
      const recall = await withDeadline(
        (signal) => memory.searchMemory(query, { ...recallOptions, ...scope, timeoutMs, signal }),
        { operation: "searchMemory", timeoutMs: timeoutMs + GRACE_MS, signal: call.abortSignal },
      );
      call.abortSignal?.throwIfAborted();
      return toSearchOutput(recall);
    } catch (error) {
      if (DeadlineExceededError.isInstance(error)) return { contextText: "", entries: [], degraded: true };
      throw error;
    }
  }

  return tool({
    description,
    inputSchema,
    outputSchema: searchOutputSchema,
    toModelOutput: ({ output }) => searchModelOutput(output, options.write?.includes("forget") ?? false),
    ...setup.context,
    execute,
  }) as Tool<SearchInput, SearchOutput>;
}
