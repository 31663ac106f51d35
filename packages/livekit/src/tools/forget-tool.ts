import { llm } from "@livekit/agents";
import { z } from "zod";
import { runMemoryTool, type ToolSetting } from "./run-memory-tool.ts";

const parameters = z.object({ id: z.string().min(1).describe("The id of a memory, as search_conversation shows it.") });

export type ForgetTool = llm.FunctionTool<{ id: string }, unknown, { forgotten: number }>;

export function forget(setting: ToolSetting): ForgetTool {
  return llm.tool<unknown, typeof parameters, { forgotten: number }>({
    name: "forget",
    description:
      "Deletes one memory of the caller for good. Call it only when the caller asks for it; find the id with search_conversation first.",
    parameters,
    execute: ({ id }, options) =>
      runMemoryTool(setting, options, "delete_memory", undefined, async ({ call: { speaker }, span }) => {
        const { memories } = await setting.memory.sotto.forget({ user: speaker, memoryId: id });
        span.records([{ id }]);
        return { forgotten: memories };
      }),
  });
}
