import type { JsonObject } from "../http/json.ts";
import { typesOf, valueForSchema } from "../structured/value-for-schema.ts";

/** Arguments for a tool from its JSON Schema: `text` where a text is asked for, else the least that is allowed. */
export function fillArguments(parameters: JsonObject, text: string): unknown {
  const properties = Object.keys((parameters.properties as JsonObject | undefined) ?? {});
  const required = Array.isArray(parameters.required) ? parameters.required : [];
  const main = properties.find(isText) ?? required[0] ?? properties[0];
  const value = valueForSchema({ type: "object", ...parameters }, (name, schema, isRequired) => {
    const types = typesOf(schema);
    const wanted = name === main || (isRequired && isText(name));
    if (wanted && types.includes("string") && !Array.isArray(schema.enum)) return cut(text, schema.maxLength);
    if (wanted && types.includes("array")) return [text];
    if (types.includes("string") && isRequired && !types.includes("null") && !Array.isArray(schema.enum))
      return cut(text, schema.maxLength);
    return undefined;
  });
  return value;
}

function isText(name: string): boolean {
  return /query|question|text|search|^q$|input|message|content|fact|memory|topic|statement|note/i.test(name);
}

function cut(text: string, maxLength: unknown): string {
  return typeof maxLength === "number" ? text.slice(0, maxLength) : text;
}
