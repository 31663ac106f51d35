/** What the model is asked for, as JSON Schema that strict modes take: every property required, none beside. */
export const extractionSchema = {
  title: "Memories",
  description: "What is worth remembering of a conversation.",
  type: "object",
  properties: {
    facts: {
      type: "array",
      description: "Statements about the user that will still matter in a later conversation.",
      items: {
        type: "object",
        properties: {
          text: { type: "string", description: "One sentence that holds true on its own, with its subject." },
          turns: {
            type: "array",
            items: { type: "integer" },
            description: "Numbers of the lines that say it.",
          },
          supersedes: {
            type: "array",
            items: { type: "string" },
            description: "Labels of the known memories that it makes untrue.",
          },
        },
        required: ["text", "turns", "supersedes"],
        additionalProperties: false,
      },
    },
    profile: {
      type: "array",
      description: "What changed in the profile. An empty value takes a key out.",
      items: {
        type: "object",
        properties: { key: { type: "string" }, value: { type: "string" } },
        required: ["key", "value"],
        additionalProperties: false,
      },
    },
  },
  required: ["facts", "profile"],
  additionalProperties: false,
} as const;
