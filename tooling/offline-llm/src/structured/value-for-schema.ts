import { isObject, type JsonObject } from "../http/json.ts";

/** Says what stands at a place of the output; undefined leaves it to the schema. */
export type Fill = (name: string, schema: JsonObject, required: boolean) => unknown;

const MAX_DEPTH = 12;

/**
 * A value that satisfies a JSON Schema, the same every time: constants, first enum values, defaults, lower bounds;
 * `fill` decides the leaves and arrays that it knows by name. Properties that are not required are left out unless
 * `fill` has a value for them.
 */
export function valueForSchema(root: JsonObject, fill: Fill): unknown {
  return valueFor("", root, true, 0);

  function valueFor(name: string, given: JsonObject, required: boolean, depth: number): unknown {
    const schema = resolve(given);
    if ("const" in schema) return schema.const;
    if (Array.isArray(schema.enum)) {
      const wanted = fill(name, schema, required);
      return schema.enum.includes(wanted) ? wanted : schema.enum[0];
    }
    const filled = fill(name, schema, required);
    if (filled !== undefined) return filled;
    if ("default" in schema) return schema.default;
    const types = typesOf(schema);
    if (types.includes("null") && types.length > 1 && !types.includes("object") && !types.includes("array"))
      return null;
    const options = [schema.anyOf, schema.oneOf].find(Array.isArray)?.filter(isObject);
    if (options !== undefined && options.length > 0) {
      return valueFor(
        name,
        options.find((option) => resolve(option).type === "null") ?? (options[0] as JsonObject),
        required,
        depth + 1,
      );
    }
    if (Array.isArray(schema.allOf)) {
      return valueFor(name, mergeAll([schema, ...schema.allOf.filter(isObject).map(resolve)]), required, depth + 1);
    }
    if (types.includes("object") || isObject(schema.properties)) return objectFor(schema, depth);
    if (types.includes("array")) return arrayFor(name, schema, depth);
    if (types.includes("integer") || types.includes("number")) return numberFor(schema);
    if (types.includes("boolean")) return false;
    if (types.includes("null")) return null;
    return "x".repeat(typeof schema.minLength === "number" ? schema.minLength : 0);
  }

  function objectFor(schema: JsonObject, depth: number): JsonObject {
    const properties = isObject(schema.properties) ? schema.properties : {};
    const required = new Set(Array.isArray(schema.required) ? schema.required : []);
    const value: JsonObject = {};
    if (depth > MAX_DEPTH) return value;
    for (const [name, property] of Object.entries(properties)) {
      if (!isObject(property)) continue;
      if (required.has(name)) value[name] = valueFor(name, property, true, depth + 1);
      else {
        const filled = fill(name, resolve(property), false);
        if (filled !== undefined) value[name] = filled;
      }
    }
    return value;
  }

  function arrayFor(name: string, schema: JsonObject, depth: number): unknown[] {
    const items = isObject(schema.items) ? schema.items : {};
    const length = typeof schema.minItems === "number" ? schema.minItems : 0;
    return Array.from({ length }, () => valueFor(name, items, true, depth + 1));
  }

  function resolve(schema: JsonObject): JsonObject {
    if (typeof schema.$ref !== "string") return schema;
    let at: unknown = root;
    for (const part of schema.$ref.split("/").slice(1)) {
      at = isObject(at) ? at[part.replaceAll("~1", "/").replaceAll("~0", "~")] : undefined;
    }
    return isObject(at) ? at : {};
  }
}

/** The JSON types that a schema allows. */
export function typesOf(schema: JsonObject): string[] {
  const own = Array.isArray(schema.type) ? schema.type : [schema.type];
  const nested = [schema.anyOf, schema.oneOf].find(Array.isArray)?.filter(isObject).flatMap(typesOf) ?? [];
  return [...own, ...nested].filter((type) => typeof type === "string");
}

function numberFor(schema: JsonObject): number {
  if (typeof schema.minimum === "number") return schema.minimum;
  if (typeof schema.exclusiveMinimum === "number") return schema.exclusiveMinimum + 1;
  return typeof schema.maximum === "number" ? Math.min(0, schema.maximum) : 0;
}

function mergeAll(schemas: readonly JsonObject[]): JsonObject {
  const properties = Object.assign({}, ...schemas.map((schema) => schema.properties ?? {}));
  const required = schemas.flatMap((schema) => (Array.isArray(schema.required) ? schema.required : []));
  return Object.assign({}, ...schemas, { allOf: undefined, properties, required });
}
