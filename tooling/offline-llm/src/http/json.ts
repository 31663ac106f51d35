import { ApiError, invalidParameter } from "./api-error.ts";

export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The body of a request as a JSON object, or a 400 in OpenAI's words. */
export async function readJsonObject(request: Request): Promise<JsonObject> {
  let body: unknown;
  try {
    body = JSON.parse(await request.text());
  } catch {
    throw new ApiError(400, "We could not parse the JSON body of your request. It must be a JSON object.");
  }
  if (!isObject(body)) throw new ApiError(400, "The body of the request must be a JSON object.");
  return body;
}

export function optionalInteger(body: JsonObject, name: string, min: number, max: number): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max) {
    throw invalidParameter(name, `'${name}' must be an integer from ${min} to ${max}, not ${JSON.stringify(value)}.`);
  }
  return value;
}

export function requiredString(body: JsonObject, name: string): string {
  const value = body[name];
  if (value === undefined) {
    throw invalidParameter(name, `Missing required parameter: '${name}'.`, "missing_required_parameter");
  }
  if (typeof value !== "string" || value === "") {
    throw invalidParameter(name, `'${name}' must be a string that is not empty.`, "invalid_type");
  }
  return value;
}
