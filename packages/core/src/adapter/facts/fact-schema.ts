/** What a model is asked to find in a conversation. */
export interface Extraction {
  facts: readonly {
    text: string;
    turns: readonly number[];
    supersedes: readonly string[];
  }[];
  profile: readonly { key: string; value: string | null }[];
}

/** A JSON Schema, as every provider takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const list = (description: string, items: JsonSchema): JsonSchema => ({
  type: "array",
  description,
  items,
});

const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** The form of the answer, for strict modes too: everything required, null where there is nothing, no open record. */
export const factSchema: JsonSchema = {
  ...object({
    facts: list(
      "What will still matter in a later conversation.",
      object({
        text: {
          type: "string",
          description: "One sentence that holds true on its own, with its subject.",
        },
        turns: list("Numbers of the lines that say so.", { type: "integer" }),
        supersedes: list("Marks of known memories that are no longer true because of it.", { type: "string" }),
      }),
    ),
    profile: list(
      "Lasting properties of the user that are new or changed.",
      object({
        key: {
          type: "string",
          description: "The property in one or two words, such as city or diet.",
        },
        value: {
          type: ["string", "null"],
          description: "Its value; null when it no longer holds.",
        },
      }),
    ),
  }),
  title: "memories",
  description: "What is to be remembered of a conversation.",
};

/** An answer of any form, or its JSON within other text, as far as it is what was asked for. */
export function parseExtraction(answer: unknown): { extraction: Extraction } | { problem: string } {
  let value = answer;
  if (typeof answer === "string") {
    const json = answer.slice(answer.indexOf("{"), answer.lastIndexOf("}") + 1);
    if (json === "") return { problem: "there is no JSON object in it" };
    try {
      value = JSON.parse(json);
    } catch {
      return { problem: "its JSON is broken" };
    }
  }
  if (typeof value !== "object" || value === null) return { problem: "it is no object" };
  const { facts, profile = [] } = value as {
    facts?: unknown;
    profile?: unknown;
  };
  if (!Array.isArray(facts)) return { problem: "facts is not a list" };
  if (!Array.isArray(profile)) return { problem: "profile is not a list" };
  return {
    extraction: {
      facts: facts.flatMap(asFact),
      profile: profile.flatMap(asProperty),
    },
  };
}

function asFact(value: unknown): Extraction["facts"] {
  const { text, turns, supersedes } = asObject(value);
  if (typeof text !== "string" || !Array.isArray(turns)) return [];
  return [
    {
      text,
      turns: turns.filter((turn) => typeof turn === "number"),
      supersedes: Array.isArray(supersedes) ? supersedes.filter((mark) => typeof mark === "string") : [],
    },
  ];
}

function asProperty(entry: unknown): Extraction["profile"] {
  const { key, value } = asObject(entry);
  return typeof key === "string" && (typeof value === "string" || value === null) ? [{ key, value }] : [];
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
