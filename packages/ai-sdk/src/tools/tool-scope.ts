import type { Scope } from "@sotto/core";
import { z } from "zod";

/** What `toolsContext` gives a memory tool when the scope is not fixed: whose memory it works on. */
export type MemoryToolContext = {
  user: string | { id: string; name?: string | undefined };
  session?: string | undefined;
};

export const memoryToolContextSchema: z.ZodType<MemoryToolContext> = z.object({
  user: z.union([z.string().min(1), z.object({ id: z.string().min(1), name: z.string().optional() })]),
  session: z.string().min(1).optional(),
});

/** The scope of a tool call from its context, which the SDK has checked against the schema. */
export function scopeOfContext({ user, session }: MemoryToolContext): Scope {
  return {
    user: typeof user === "string" ? user : { id: user.id, ...(user.name === undefined ? {} : { name: user.name }) },
    ...(session === undefined ? {} : { session }),
  };
}
