import type { Scope, Sotto } from "@sotto/core";
import { InvalidArgumentError } from "@sotto/core";
import type { Tool } from "ai";
import { type AddDocumentsInput, type AddDocumentsOutput, addDocumentsTool } from "./add-documents-tool.ts";
import { type ForgetInput, type ForgetOutput, forgetTool } from "./forget-tool.ts";
import { type IndexesOutput, listIndexesTool } from "./list-indexes-tool.ts";
import { loadIndexTool } from "./load-index-tool.ts";
import type { MemoryToolOptions, WriteToolName } from "./memory-tool-options.ts";
import { type RememberInput, type RememberOutput, rememberTool } from "./remember-tool.ts";
import type { SearchOutput } from "./search-output.ts";
import { type SearchInput, searchTool } from "./search-tool.ts";
import type { MemoryToolContext } from "./tool-scope.ts";
import { toolSetup } from "./tool-setup.ts";

/** The tools that change nothing. `Context` is what `toolsContext` has to give each of them. */
export type ReadTools<Context = unknown> = {
  /** The user's profile, this conversation, earlier ones, and the knowledge base. */
  searchMemory: Tool<SearchInput, SearchOutput, Context>;
  searchKnowledgeBase: Tool<SearchInput, SearchOutput, Context>;
  /** What was said in this conversation. */
  searchConversation: Tool<SearchInput, SearchOutput, Context>;
  listIndexes: Tool<Record<string, never>, IndexesOutput>;
  loadIndex: Tool<Record<string, never>, IndexesOutput>;
};

export type WriteTools<Context = unknown> = {
  addDocuments: Tool<AddDocumentsInput, AddDocumentsOutput>;
  remember: Tool<RememberInput, RememberOutput, Context>;
  forget: Tool<ForgetInput, ForgetOutput, Context>;
};

export type MemoryTools<Write extends WriteToolName = never, Context = unknown> = ReadTools<Context> &
  Pick<WriteTools<Context>, Write>;

const WRITE_TOOLS = { addDocuments: addDocumentsTool, remember: rememberTool, forget: forgetTool };

/**
 * Memory as tools of a model. User, session and indexes are the application's: no tool has a parameter for them. Tools
 * that write are there only when named in `write`, and wait for approval.
 *
 * @throws `argument.invalid` for a write tool that there is not, and for `addDocuments` without `writeIndex`.
 * @example
 * ```ts
 * const tools = memoryTools(sotto, { scope: { user: "ana" }, write: ["remember"] });
 * const { text } = await generateText({ model, tools, stopWhen: isStepCount(5), prompt: "When do you open?" });
 * ```
 */
export function memoryTools<const Write extends WriteToolName = never>(
  memory: Sotto,
  options: MemoryToolOptions<Write> & { scope: Scope },
): MemoryTools<Write>;
export function memoryTools<const Write extends WriteToolName = never>(
  memory: Sotto,
  options?: MemoryToolOptions<Write> & { scope?: undefined },
): MemoryTools<Write, MemoryToolContext>;
export function memoryTools(memory: Sotto, options: MemoryToolOptions<WriteToolName> = {}): object {
  const setup = toolSetup(memory, options);
  for (const name of options.write ?? []) {
    if (!(name in WRITE_TOOLS)) {
      throw new InvalidArgumentError("write", `${JSON.stringify(name)} is not addDocuments, remember or forget`);
    }
  }
  return {
    searchMemory: searchTool(setup, {
      description:
        "Searches what is known: who the user is, what was said in this and earlier conversations, and the knowledge base. Use it before saying that something is not known.",
      lanes: options.lanes,
    }),
    searchKnowledgeBase: searchTool(setup, {
      description: "Searches the knowledge base: documents, not conversations.",
      lanes: ["org"],
    }),
    searchConversation: searchTool(setup, {
      description: "Searches what was said earlier in this conversation.",
      lanes: ["working"],
    }),
    listIndexes: listIndexesTool(setup),
    loadIndex: loadIndexTool(setup),
    ...Object.fromEntries((options.write ?? []).map((name) => [name, WRITE_TOOLS[name](setup)])),
  };
}
