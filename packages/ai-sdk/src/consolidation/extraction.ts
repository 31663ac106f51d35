import { z } from "zod";

/** What a model is asked to find in a conversation. Nothing is optional: some providers want it so. */
export type Extraction = {
  facts: { text: string; turns: number[]; supersedes: string[] }[];
  profile: { key: string; value: string | null }[];
};

export const extractionSchema: z.ZodType<Extraction> = z.object({
  facts: z.array(
    z.object({
      text: z.string().describe("One sentence about the user that holds true on its own, with its subject."),
      turns: z.array(z.number()).describe("Numbers of the lines that say so."),
      supersedes: z.array(z.string()).describe("Marks of known memories that are no longer true because of it."),
    }),
  ),
  profile: z.array(
    z.object({
      key: z.string().describe("A lasting property of the user in one or two words, such as city or diet."),
      value: z.string().nullable().describe("Its value; null when it no longer holds."),
    }),
  ),
});
