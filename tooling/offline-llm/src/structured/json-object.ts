import { statementsOf } from "../text/statements.ts";

/** What `response_format: { type: "json_object" }` gets: there is no schema, so one shape serves all. */
export function freeJsonObject(
  conversation: string,
  answer: string,
): { answer: string; facts: string[]; profile: Record<string, string> } {
  const statements = statementsOf(conversation);
  return {
    answer,
    facts: statements.map(({ sentence }) => sentence),
    profile: Object.fromEntries(statements.map(({ key, value }) => [key, value])),
  };
}
