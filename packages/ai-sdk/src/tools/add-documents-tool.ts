import { hasCode, InvalidArgumentError } from "@sotto/core";
import { type Tool, tool } from "ai";
import { z } from "zod";
import type { ToolCallOptions, ToolSetup } from "./tool-setup.ts";

export type AddDocumentsInput = { documents: { id: string; text: string; title?: string | undefined }[] };
export type AddDocumentsOutput = { index: string; added: number; updated: number };

const inputSchema: z.ZodType<AddDocumentsInput> = z.object({
  documents: z
    .array(
      z.object({
        id: z.string().min(1).max(512).describe("A short name. A document that has it already is replaced."),
        text: z.string().min(1).max(100_000),
        title: z.string().max(200).optional(),
      }),
    )
    .min(1)
    .max(20),
});
const outputSchema: z.ZodType<AddDocumentsOutput> = z.object({
  index: z.string(),
  added: z.number(),
  updated: z.number(),
});

/** Adds documents to the index that the application fixed; it is made when needed. */
export function addDocumentsTool(setup: ToolSetup): Tool<AddDocumentsInput, AddDocumentsOutput> {
  const { memory, options } = setup;
  const { writeIndex: index } = options;
  if (index === undefined) {
    throw new InvalidArgumentError("writeIndex", "addDocuments needs the name of the index that it writes to");
  }

  const execute = async ({ documents }: AddDocumentsInput, call: ToolCallOptions): Promise<AddDocumentsOutput> => {
    return setup.within("addDocuments", call, async (signal) => {
      const given = documents.map(({ id, text, title }) => ({
        id,
        text,
        ...(title === undefined ? {} : { metadata: { title } }),
      }));
      try {
        const { added, updated } = await memory.addDocs(index, given, { signal });
        return { index, added, updated };
      } catch (error) {
        if (!hasCode(error, "index.not_found")) throw error;
        await memory.createIndex(index, given, { signal });
        return { index, added: given.length, updated: 0 };
      }
    });
  };

  return tool({
    description: "Adds documents to the knowledge base, so that they are found from now on. Use it only when asked to.",
    inputSchema,
    outputSchema,
    needsApproval: setup.needsApproval("addDocuments"),
    toModelOutput: ({ output }) => ({
      type: "text",
      value: `Added ${output.added}, replaced ${output.updated} documents.`,
    }),
    ...setup.context,
    execute,
  }) as Tool<AddDocumentsInput, AddDocumentsOutput>;
}
