import type { Scope, Sotto } from "@sotto/core";
import { InvalidArgumentError } from "@sotto/core";
import {
  type AddDocumentsOutput,
  type ForgetOutput,
  type IndexesOutput,
  type WriteToolName as KitWriteName,
  type MemoryTool,
  type MemoryToolName,
  memoryToolSet,
  type RememberOutput,
  type SearchOutput,
} from "@sotto/core/adapter";
import { jsonSchema, type Tool, type ToolExecutionOptions, tool } from "ai";
import type { MemoryToolOptions, WriteToolName } from "./memory-tool-options.ts";
import { type MemoryToolContext, memoryToolContextSchema, scopeOfContext } from "./tool-scope.ts";

export type SearchInput = { query: string };
export type RememberInput = { fact: string };
export type ForgetInput = { memoryId: string; text: string };
export type AddDocumentsInput = { documents: { id: string; text: string; title: string }[] };

/** The tools that change nothing. `Context` is what `toolsContext` has to give each of them. */
export type ReadTools<Context = unknown> = {
  /** The user's profile, this conversation, earlier ones, and the knowledge base. */
  searchMemory: Tool<SearchInput, SearchOutput, Context>;
  searchKnowledgeBase: Tool<SearchInput, SearchOutput, Context>;
  /** What was said in this conversation and in earlier ones. */
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

const WRITE_NAMES: Readonly<Record<WriteToolName, KitWriteName>> = {
  addDocuments: "add_documents",
  remember: "remember",
  forget: "forget",
};
/** Tools that have no user: their call needs no context. */
const WITHOUT_USER: ReadonlySet<MemoryToolName> = new Set(["list_indexes", "load_index", "add_documents"]);

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
  const { scope, write = [], needsApproval = true, ...setting } = options;
  for (const name of write) {
    if (!Object.hasOwn(WRITE_NAMES, name)) {
      throw new InvalidArgumentError("write", `${JSON.stringify(name)} is not addDocuments, remember or forget`);
    }
  }
  const kit = memoryToolSet(memory, { ...setting, write: write.map((name) => WRITE_NAMES[name]), nameOf: camelCase });
  const approval = (name: string) =>
    typeof needsApproval === "boolean" ? needsApproval : (needsApproval[name as WriteToolName] ?? true);
  return Object.fromEntries(
    Object.values(kit).map((each: MemoryTool) => {
      const name = camelCase(each.name);
      return [name, sdkTool(each, { scope, needsApproval: each.writes && approval(name) })];
    }),
  );
}

function sdkTool(
  { name, description, parameters, run, textOf }: MemoryTool,
  { scope, needsApproval }: { scope: Scope | undefined; needsApproval: boolean },
): Tool {
  const ownContext = scope === undefined && !WITHOUT_USER.has(name);
  return tool({
    description,
    inputSchema: jsonSchema<unknown>(parameters as never),
    needsApproval,
    ...(ownContext ? { contextSchema: memoryToolContextSchema } : {}),
    async execute(input: unknown, call: Pick<ToolExecutionOptions<unknown>, "abortSignal" | "context">) {
      // Checked again: a tool may be called without the SDK.
      const whose = () => scopeOfContext(memoryToolContextSchema.parse(call.context));
      const found = scope ?? (ownContext ? whose() : { user: "nobody" });
      return (await run(input, { scope: found, signal: call.abortSignal })).value;
    },
    toModelOutput: ({ output }: { output: unknown }) => ({ type: "text" as const, value: textOf(output) }),
  } as never) as Tool;
}

function camelCase(name: MemoryToolName): string {
  return name.replace(/_(\w)/gu, (_match, letter: string) => letter.toUpperCase());
}
