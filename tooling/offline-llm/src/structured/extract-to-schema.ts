import { isObject, type JsonObject } from "../http/json.ts";
import { type Statement, statementsOf } from "../text/statements.ts";
import { type Fill, typesOf, valueForSchema } from "./value-for-schema.ts";

/** Other names under which a schema may ask for what a statement says. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  name: ["fullname", "username", "firstname"],
  city: ["location", "home", "residence", "livesin", "address"],
  job: ["occupation", "profession", "work", "employer", "role"],
  preference: ["preferences", "likes", "prefers"],
  dislike: ["dislikes"],
  allergy: ["allergies", "diet"],
};

/**
 * JSON for a schema, made of what the user says in `conversation`: a property named like a statement's key gets its
 * value, a list gets all statements, a map gets key -> value; `answer`-like strings get `answer`; the rest is the
 * least that the schema allows. Later statements win. The same input always gives the same output.
 */
export function extractToSchema(schema: JsonObject, conversation: string, answer: string): unknown {
  const statements = statementsOf(conversation);
  // A property of a person is one, though the sentence that says so is a memory already.
  const properties = statementsOf(conversation, { withKnown: true });
  const fill: Fill = (name, property, required) => {
    const types = typesOf(property);
    if (types.includes("array")) return fillList(name, property, name === "profile" ? properties : statements, schema);
    if (name === "") return undefined;
    if (types.includes("object")) return fillMap(property, statements);
    if (!types.includes("string") || Array.isArray(property.enum)) return undefined;
    const found = statements.findLast((statement) => isNamed(name, statement));
    if (found) return found.value;
    if (/^(answer|reply|response|text|message|output|content)$/i.test(name)) return answer;
    if (/summary|brief|notes?$/i.test(name) && required) return statements.map(({ sentence }) => sentence).join(" ");
    return undefined;
  };
  return valueForSchema(schema, fill);
}

/** True for a schema that requires a list of objects: an extraction, and not the arguments of an ordinary tool. */
export function asksForRecords(schema: JsonObject): boolean {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(isObject(schema.properties) ? schema.properties : {}).some(([name, property]) => {
    if (!required.includes(name)) return false;
    const items =
      isObject(property) && typesOf(property).includes("array") ? resolveItems(property, schema) : undefined;
    return items !== undefined && (typesOf(items).includes("object") || isObject(items.properties));
  });
}

function fillList(
  name: string,
  schema: JsonObject,
  statements: readonly Statement[],
  root: JsonObject,
): unknown[] | undefined {
  const items = resolveItems(schema, root);
  if (items === undefined || statements.length === 0) return undefined;
  const named = statements.filter((statement) => isNamed(name, statement));
  const types = typesOf(items);
  if (types.includes("string")) {
    if (named.length > 0) return named.map(({ value }) => value);
    return isStatementList(name) ? statements.map(({ sentence }) => sentence) : undefined;
  }
  if (!types.includes("object") && !isObject(items.properties)) return undefined;
  const withRoot = { ...items, $defs: root.$defs, definitions: root.definitions };
  return statements.map((statement) =>
    valueForSchema(withRoot, (field, property) => ofStatement(field, property, statement)),
  );
}

/** One field of an object that stands for one statement. */
function ofStatement(name: string, schema: JsonObject, statement: Statement): unknown {
  const types = typesOf(schema);
  if (/turn|sourceids?|provenance|itemid|lineids?/i.test(name) && statement.turn !== undefined) {
    const id = types.includes("integer") || types.includes("number") ? Number(statement.turn) : statement.turn;
    if (types.includes("array")) {
      const numbers =
        isObject(schema.items) && typesOf(schema.items).some((type) => type === "integer" || type === "number");
      return [numbers ? Number(statement.turn) : statement.turn];
    }
    return Number.isNaN(id) ? undefined : id;
  }
  if (types.includes("number") && /confidence|importance|score|certainty/i.test(name)) return schema.maximum ?? 1;
  if (!types.includes("string")) return undefined;
  if (/subject|entity|^who$|^user$/i.test(name)) return "user";
  if (/predicate|relation|attribute|^key$|field|category|topic/i.test(name)) return statement.key;
  if (/^object$|value/i.test(name)) return statement.value;
  if (/text|fact|content|statement|memory|summary|description|quote|evidence|sentence/i.test(name))
    return statement.sentence;
  return isNamed(name, statement) ? statement.value : undefined;
}

function fillMap(schema: JsonObject, statements: readonly Statement[]): JsonObject | undefined {
  const values = schema.additionalProperties;
  const open =
    values === true || (isObject(values) && (typesOf(values).includes("string") || typesOf(values).length === 0));
  if (!open || isObject(schema.properties) || statements.length === 0) return undefined;
  return Object.fromEntries(statements.map(({ key, value }) => [key, value]));
}

function resolveItems(schema: JsonObject, root: JsonObject): JsonObject | undefined {
  const list =
    typesOf(schema).includes("array") && schema.items === undefined
      ? [schema.anyOf, schema.oneOf]
          .find(Array.isArray)
          ?.filter(isObject)
          .find((option) => option.type === "array")
      : schema;
  const items = list?.items;
  if (!isObject(items)) return undefined;
  if (typeof items.$ref !== "string") return items;
  const name = items.$ref.split("/").at(-1) ?? "";
  const defs = [root.$defs, root.definitions].find(isObject);
  const found = defs?.[name];
  return isObject(found) ? found : undefined;
}

function isStatementList(name: string): boolean {
  return /fact|memor|statement|claim|profile|episode|about|item/i.test(name);
}

function isNamed(name: string, { key }: Statement): boolean {
  const bare = name.toLowerCase().replace(/[^a-z]/g, "");
  return bare === key.replace(/[^a-z]/g, "") || (ALIASES[key]?.includes(bare) ?? false);
}
