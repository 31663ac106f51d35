import { type Tool, tool } from "ai";
import { z } from "zod";
import type { ToolCallOptions, ToolSetup } from "./tool-setup.ts";

export type RememberInput = { fact: string };
export type RememberOutput = { id: string; text: string };

const inputSchema: z.ZodType<RememberInput> = z.object({
  fact: z
    .string()
    .min(1)
    .max(1_000)
    .describe("One sentence about the user that holds true on its own, with its subject."),
});
const outputSchema: z.ZodType<RememberOutput> = z.object({ id: z.string(), text: z.string() });

/** Keeps one fact in the user's permanent memory. The same fact twice is one memory. */
export function rememberTool(setup: ToolSetup): Tool<RememberInput, RememberOutput> {
  async function execute({ fact }: RememberInput, call: ToolCallOptions): Promise<RememberOutput> {
    const { user } = setup.scopeOf(call);
    const { id, text } = await setup.within("remember", call, () => setup.memory.remember(user, fact));
    return { id, text };
  }

  return tool({
    description:
      "Keeps a fact about the user for later conversations. Use it when the user asks to remember something.",
    inputSchema,
    outputSchema,
    needsApproval: setup.needsApproval("remember"),
    toModelOutput: () => ({ type: "text", value: "Remembered." }),
    ...setup.context,
    execute,
  }) as Tool<RememberInput, RememberOutput>;
}
