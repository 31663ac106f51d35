import type { ConsolidationInput, ConsolidationResult, Consolidator } from "../../consolidation/index.ts";
import { isPlainObject } from "../../engine/index.ts";
import { mergePatch } from "../../user/index.ts";
import { assertEqual, assertTrue } from "../storage/assertions.ts";
import { conversation } from "./conversation.ts";

export interface ConsolidatorCase {
  title: string;
  run(consolidator: Consolidator): Promise<void>;
}

export const cases: readonly ConsolidatorCase[] = [
  {
    title: "has an id",
    async run({ id }) {
      assertTrue(typeof id === "string" && id.trim() !== "", "id is a text that is not blank");
    },
  },
  {
    title: "makes memories of a kind there is, with a text, from turns that it was given",
    async run(consolidator) {
      const input = conversation();
      const { memories } = await consolidator.consolidate(input);
      assertTrue(Array.isArray(memories) && memories.length > 0, "a conversation with facts in it makes memories");
      const given = new Set(input.turns.map(({ id }) => id));
      for (const { kind, text, turnIds, validFrom } of memories) {
        assertTrue(
          kind === undefined || kind === "turn" || kind === "fact" || kind === "episode",
          `kind ${String(kind)} is "turn", "fact" or "episode"`,
        );
        assertTrue(typeof text === "string" && text.trim() !== "", "a memory's text is not blank");
        assertTrue(
          turnIds.length > 0 && turnIds.every((id) => given.has(id)),
          `turnIds ${JSON.stringify(turnIds)} are some of the given turns`,
        );
        assertTrue(validFrom === undefined || Number.isFinite(validFrom), "validFrom is milliseconds since the epoch");
      }
    },
  },
  {
    title: "gives each memory an id of its own, or none",
    async run(consolidator) {
      const { memories } = await consolidator.consolidate(conversation());
      const ids = memories.flatMap(({ id }) => id ?? []);
      assertTrue(
        ids.every((id) => typeof id === "string" && id !== ""),
        "ids are texts",
      );
      assertEqual(ids.length, new Set(ids).size, "number of different ids");
      const texts = memories.filter(({ id }) => id === undefined).map(({ kind, text }) => `${kind ?? "fact"}\n${text}`);
      assertEqual(texts.length, new Set(texts).size, "number of different texts among memories without an id");
    },
  },
  {
    title: "answers the same for the same input",
    async run(consolidator) {
      const first = await consolidator.consolidate(conversation());
      const again = await consolidator.consolidate(conversation());
      assertEqual(again, first, "the second answer");
    },
  },
  {
    title: "supersedes only what it was told is known",
    async run(consolidator) {
      const input = conversation();
      const known = new Set(input.known.map(({ id }) => id));
      const { memories } = await consolidator.consolidate(input);
      const supersedes = memories.flatMap((memory) => memory.supersedes ?? []);
      assertTrue(
        supersedes.every((id) => known.has(id)),
        `supersedes ${JSON.stringify(supersedes)} are known memories`,
      );
    },
  },
  {
    title: "answers a profile patch that merges as JSON, or none",
    async run(consolidator) {
      const input = conversation();
      const { profilePatch } = await consolidator.consolidate(input);
      if (profilePatch === undefined) return;
      const { data, summary } = profilePatch;
      assertTrue(summary === undefined || summary === null || typeof summary === "string", "summary is a text or null");
      if (data === undefined) return;
      assertTrue(isJson(data), "data holds nothing but JSON values");
      const merged = mergePatch(input.profile.data, data);
      assertTrue(
        typeof merged === "object" && merged !== null && !Array.isArray(merged),
        "the profile is an object after the patch",
      );
    },
  },
  {
    title: "makes nothing of nothing",
    async run(consolidator) {
      const { memories, profilePatch } = await consolidator.consolidate({ ...conversation(), turns: [] });
      assertEqual(memories, [], "memories of no turns");
      assertTrue(profilePatch === undefined || isEmpty(profilePatch), "no profile patch");
    },
  },
  {
    title: "leaves its input as it is",
    async run(consolidator) {
      const input = frozen(conversation());
      await consolidator.consolidate(input);
      assertEqual(input, conversation(), "the input afterwards");
    },
  },
  {
    title: "takes several sessions at once without mixing them up",
    async run(consolidator) {
      const inputs = ["amber", "cobalt", "indigo"].map((color): ConsolidationInput => {
        const input = conversation();
        const turns = input.turns.map((turn) => ({
          ...turn,
          id: `${color}-${turn.id}`,
          sessionId: color,
          text: turn.text.replace("Mia", color),
        }));
        return { ...input, sessionId: color, turns };
      });
      const results = await Promise.all(inputs.map((input) => consolidator.consolidate(input)));
      for (const [n, { memories }] of results.entries()) {
        const own = inputs[n]?.sessionId as string;
        assertTrue(
          memories.every(({ turnIds }) => turnIds.every((id) => id.startsWith(`${own}-`))),
          `memories of ${own} come from its turns`,
        );
      }
    },
  },
  {
    title: "comes to an end when its signal is aborted",
    async run(consolidator) {
      const abort = new AbortController();
      const running = consolidator.consolidate({ ...conversation(), signal: abort.signal });
      abort.abort(new Error("no longer wanted"));
      await running.catch(() => undefined);
    },
  },
];

function isEmpty({ data, summary }: NonNullable<ConsolidationResult["profilePatch"]>): boolean {
  return summary === undefined && (data === undefined || Object.keys(data).length === 0);
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  return Array.isArray(value) ? value.every(isJson) : isPlainObject(value) && Object.values(value).every(isJson);
}

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null) {
    for (const part of Object.values(value)) frozen(part);
    Object.freeze(value);
  }
  return value;
}
