import { llm } from "@livekit/agents";
import { z } from "zod";
import { userIdOf } from "../recall/search-for-call.ts";
import { runMemoryTool, type ToolSetting } from "./run-memory-tool.ts";

const parameters = z.object({
  fact: z.string().min(1).describe("One complete sentence that stands alone, such as: The caller's dog is called Rex."),
});

export type RememberTool = llm.FunctionTool<{ fact: string }, unknown, { remembered: string }>;

export function remember(setting: ToolSetting): RememberTool {
  return llm.tool<unknown, typeof parameters, { remembered: string }>({
    name: "remember",
    description:
      "Keeps one fact about the caller for later calls. Call it when the caller asks you to remember something, or tells you something of lasting use.",
    parameters,
    execute: ({ fact }, options) =>
      runMemoryTool(setting, options, "create_memory", undefined, async ({ call: { speaker, session }, span }) => {
        const turn = options.ctx.session.history.items.findLast(
          (item) => item.type === "message" && item.role === "user",
        );
        const provenance = {
          sessionId: session,
          turnIds: turn === undefined ? [] : [turn.id],
          speaker: userIdOf(speaker),
          at: turn?.createdAt ?? Date.now(),
        };
        const record = await setting.memory.sotto.remember(speaker, { kind: "fact", text: fact, provenance });
        span.records([{ id: record.id, content: record.text }]);
        return { remembered: record.text };
      }),
  });
}
