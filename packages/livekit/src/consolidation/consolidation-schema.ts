import { z } from "zod";

/** What the model answers: facts with the turns that say them, and what changes in the profile. */
export const consolidationSchema = z.object({
  facts: z
    .array(
      z.object({
        text: z.string().min(1).describe("One complete sentence that stands alone, with names instead of pronouns."),
        turns: z.array(z.string()).min(1).describe("Labels of the turns that say it, such as t3."),
        supersedes: z
          .array(z.string())
          .optional()
          .describe("Labels of known memories that are no longer true because of it, such as m2."),
      }),
    )
    .describe("What will still matter in a later call. Empty when there is nothing."),
  profile: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]))
    .optional()
    .describe("Keys of the profile that are new or have changed; null deletes one."),
  summary: z.string().optional().describe("One or two sentences about who the caller is, when it changed."),
});

export type ConsolidationAnswer = z.infer<typeof consolidationSchema>;
