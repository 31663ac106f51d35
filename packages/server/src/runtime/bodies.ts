import { z } from "zod";

const id = z.string().min(1);
const whose = { sessionId: id, workspaceId: id.optional(), userId: id };

export const startBody = z.strictObject({
  ...whose,
  sessionId: id.optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
export const searchBody = z.strictObject({
  ...whose,
  turnId: id.optional(),
  query: z.string(),
  intent: z.string().optional(),
  lanes: z.array(z.enum(["profile", "working", "permanent", "org"])).optional(),
  topK: z.number().optional(),
  timeoutMs: z.number().optional(),
});
export const turnBody = z.strictObject({
  ...whose,
  turnId: id.optional(),
  userText: z.string(),
  assistantText: z.string(),
  toolCalls: z
    .array(z.strictObject({ name: z.string(), arguments: z.unknown().optional(), result: z.unknown().optional() }))
    .optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
export const endBody = z.strictObject(whose);
export const flushBody = z.strictObject({
  sessionId: id.optional(),
  workspaceId: id.optional(),
  userId: id.optional(),
  syncToken: z.string().optional(),
});
