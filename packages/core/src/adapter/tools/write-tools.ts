import { hasCode, InvalidArgumentError, LimitExceededError } from "../../errors/index.ts";
import { withDeadline } from "../deadline.ts";
import { argumentsOf, textArgument } from "./tool-arguments.ts";
import type {
  AddDocumentsOutput,
  ForgetOutput,
  MemoryTool,
  MemoryToolName,
  MemoryToolOptions,
  RememberOutput,
  ToolParameters,
  ToolSotto,
} from "./tool-types.ts";

const FACT_CHARS = 1_000;
const ID_CHARS = 512;
const DOCUMENT_CHARS = 100_000;
const MOST_DOCUMENTS = 20;

/** Keeps one fact in the user's permanent memory. The same fact twice is one memory. */
export function rememberTool(sotto: ToolSotto, options: MemoryToolOptions): MemoryTool<RememberOutput> {
  const { writeTimeoutMs: timeoutMs = 10_000, clock } = options;
  const textOf = () => "Remembered.";
  return {
    name: "remember",
    textOf,
    description:
      "Keeps a fact about the user for later conversations. Use it when the user asks to remember something, or tells something of lasting use.",
    parameters: objectOf({
      fact: "One sentence about the user that holds true on its own, with its subject.",
    }),
    writes: true,
    async run(args, { scope, signal, provenance }) {
      const fact = textArgument(argumentsOf(args), "fact", FACT_CHARS);
      const memory = provenance === undefined ? fact : { kind: "fact" as const, text: fact, provenance };
      const work = () => sotto.remember(scope.user, memory);
      const { id, text } = await withDeadline(work, {
        operation: "remember",
        timeoutMs,
        signal,
        clock,
      });
      return { text: textOf(), value: { id, text } };
    },
  };
}

/** Erases one memory of the user, for good. */
export function forgetTool(sotto: ToolSotto, options: MemoryToolOptions): MemoryTool<ForgetOutput> {
  const { writeTimeoutMs: timeoutMs = 10_000, clock, nameOf = (name: MemoryToolName) => name } = options;
  const textOf = ({ forgotten }: ForgetOutput) => (forgotten ? "Forgotten." : "There is no such memory.");
  return {
    name: "forget",
    textOf,
    description: `Erases one memory about the user, for good. Use it only when the user asks to; find its id with ${nameOf("search_conversation")} first.`,
    parameters: objectOf({
      memoryId: `The id that ${nameOf("search_conversation")} names.`,
      text: "What the memory says, for the user to see before it is erased.",
    }),
    writes: true,
    async run(args, { scope, signal }) {
      const memoryId = textArgument(argumentsOf(args), "memoryId", ID_CHARS);
      const work = () => sotto.forget({ user: scope.user, memoryId });
      const { memories } = await withDeadline(work, {
        operation: "forget",
        timeoutMs,
        signal,
        clock,
      });
      const value = { memoryId, forgotten: memories > 0 };
      return {
        text: value.forgotten ? "Forgotten." : "There is no such memory.",
        value,
      };
    },
  };
}

/** Adds documents to the index that the application fixed; it is made when needed. */
export function addDocumentsTool(sotto: ToolSotto, options: MemoryToolOptions): MemoryTool<AddDocumentsOutput> {
  const { writeTimeoutMs: timeoutMs = 10_000, writeIndex: index, clock } = options;
  if (index === undefined)
    throw new InvalidArgumentError("writeIndex", "add_documents needs the name of the index that it writes to");
  const textOf = ({ added, updated }: AddDocumentsOutput) => `Added ${added}, replaced ${updated} documents.`;
  return {
    name: "add_documents",
    textOf,
    description: "Adds documents to the knowledge base, so that they are found from now on. Use it only when asked to.",
    parameters: {
      type: "object",
      properties: {
        documents: {
          type: "array",
          items: objectOf({
            id: "A short name. A document that has it already is replaced.",
            text: "The document.",
            title: "Its title; empty for none.",
          }),
        },
      },
      required: ["documents"],
      additionalProperties: false,
    },
    writes: true,
    async run(args, { signal }) {
      const documents = documentsOf(argumentsOf(args));
      const work = async (own: AbortSignal): Promise<AddDocumentsOutput> => {
        try {
          const { added, updated } = await sotto.addDocs(index, documents, {
            signal: own,
          });
          return { index, added, updated };
        } catch (error) {
          if (!hasCode(error, "index.not_found")) throw error;
          await sotto.createIndex(index, documents, { signal: own });
          return { index, added: documents.length, updated: 0 };
        }
      };
      const value = await withDeadline(work, {
        operation: "add_documents",
        timeoutMs,
        signal,
        clock,
      });
      return {
        text: `Added ${value.added}, replaced ${value.updated} documents.`,
        value,
      };
    },
  };
}

function documentsOf({ documents }: Readonly<Record<string, unknown>>) {
  if (!Array.isArray(documents) || documents.length === 0)
    throw new InvalidArgumentError("documents", "it must be a list of documents");
  if (documents.length > MOST_DOCUMENTS)
    throw new LimitExceededError("documentsPerCall", MOST_DOCUMENTS, documents.length, "Documents of one tool call");
  return documents.map((given: unknown) => {
    const document = argumentsOf(given);
    const { title } = document;
    return {
      id: textArgument(document, "id", ID_CHARS),
      text: textArgument(document, "text", DOCUMENT_CHARS),
      ...(typeof title === "string" && title.trim() !== "" ? { title: title.trim().slice(0, 200) } : {}),
    };
  });
}

function objectOf(texts: Readonly<Record<string, string>>): ToolParameters {
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(texts).map(([name, description]) => [name, { type: "string", description }]),
    ),
    required: Object.keys(texts),
    additionalProperties: false,
  };
}
