import { type Tool, tool } from "ai";
import { z } from "zod";
import type { ToolCallOptions, ToolSetup } from "./tool-setup.ts";

export type ForgetInput = { memoryId: string; text: string };
export type ForgetOutput = { memoryId: string; forgotten: boolean };

const inputSchema: z.ZodType<ForgetInput> = z.object({
  memoryId: z.string().min(1).max(512).describe("The id that a search of memory named."),
  text: z.string().max(1_000).describe("What the memory says, for the user to see before it is forgotten."),
});
const outputSchema: z.ZodType<ForgetOutput> = z.object({ memoryId: z.string(), forgotten: z.boolean() });

/** Erases one memory of the user, for good. */
export function forgetTool(setup: ToolSetup): Tool<ForgetInput, ForgetOutput> {
  async function execute({ memoryId }: ForgetInput, call: ToolCallOptions): Promise<ForgetOutput> {
    const { user } = setup.scopeOf(call);
    const { memories } = await setup.within("forget", call, () => setup.memory.forget({ user, memoryId }));
    return { memoryId, forgotten: memories > 0 };
  }

  return tool({
    description: "Erases one memory about the user, for good. Search for it first. Use it only when the user asks to.",
    inputSchema,
    outputSchema,
    needsApproval: setup.needsApproval("forget"),
    toModelOutput: ({ output }) => ({
      type: "text",
      value: output.forgotten ? "Forgotten." : "There is no such memory.",
    }),
    ...setup.context,
    execute,
  }) as Tool<ForgetInput, ForgetOutput>;
}
