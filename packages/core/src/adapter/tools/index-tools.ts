import type { IndexInfo } from "../../engine/index.ts";
import { withDeadline } from "../deadline.ts";
import { fencedLines } from "../fenced.ts";
import type { IndexesOutput, MemoryTool, MemoryToolOptions, ToolParameters, ToolSotto } from "./tool-types.ts";

const NOTHING: ToolParameters = {
  type: "object",
  properties: {},
  required: [],
  additionalProperties: false,
};

/** Names the indexes that the application lets the model search. */
export function listIndexesTool(sotto: ToolSotto, options: MemoryToolOptions): MemoryTool<IndexesOutput> {
  const { writeTimeoutMs: timeoutMs = 10_000, clock } = options;
  return {
    name: "list_indexes",
    description: "Lists the knowledge bases that can be searched.",
    parameters: NOTHING,
    writes: false,
    textOf: described,
    async run(_args, { signal }) {
      const work = async () => ({
        indexes: (await allowedIndexes(sotto, options)).map(listed),
      });
      const value = await withDeadline(work, {
        operation: "list_indexes",
        timeoutMs,
        signal,
        clock,
      });
      return { text: described(value), value };
    },
  };
}

/** Loads the application's indexes into the process, so that the searches that follow are fast. */
export function loadIndexTool(sotto: ToolSotto, options: MemoryToolOptions): MemoryTool<IndexesOutput> {
  const { writeTimeoutMs: timeoutMs = 10_000, clock } = options;
  const textOf = (value: IndexesOutput) => `Loaded. ${described(value)}`;
  return {
    name: "load_index",
    textOf,
    description: "Loads the knowledge bases into memory before several searches.",
    parameters: NOTHING,
    writes: false,
    async run(_args, { signal }) {
      const work = async (own: AbortSignal) => {
        const indexes = [];
        for (const { name } of await allowedIndexes(sotto, options)) {
          own.throwIfAborted();
          indexes.push(listed(await sotto.loadIndex(name)));
        }
        return { indexes };
      };
      const value = await withDeadline(work, {
        operation: "load_index",
        timeoutMs,
        signal,
        clock,
      });
      return { text: textOf(value), value };
    },
  };
}

async function allowedIndexes(sotto: ToolSotto, { orgIndexes }: MemoryToolOptions): Promise<IndexInfo[]> {
  const all = await sotto.listIndexes();
  // A dot in front marks a program's own index, such as a store with data of every user.
  if (orgIndexes === undefined) return all.filter(({ name }) => !name.startsWith("."));
  return all.filter(({ name }) => orgIndexes.includes(name));
}

function listed({ name, docCount, chunkCount, version }: IndexInfo): IndexesOutput["indexes"][number] {
  return { name, docCount, chunkCount, version };
}

function described({ indexes }: IndexesOutput): string {
  if (indexes.length === 0) return "There is no knowledge base.";
  return fencedLines(indexes.map(({ name, docCount }) => `${name}: ${docCount} documents`));
}
