import type { Context } from "hono";
import { invalidParameter } from "../http/api-error.ts";
import type { Env } from "../http/context.ts";
import { isObject, optionalInteger, requiredString } from "../http/json.ts";
import { tokensOf } from "../text/tokens.ts";
import { embedText } from "./embed.ts";

const DEFAULT_DIMENSIONS = 1536;

/** `POST /v1/embeddings`: `dimensions` (1 to 3072, default 1536) and `encoding_format` (float, base64) are honoured. */
export function embeddings(c: Context<Env>): Response {
  const given = c.get("record").body;
  const body = isObject(given) ? given : {};
  const model = requiredString(body, "model");
  const texts = inputTexts(body.input);
  const dimensions = optionalInteger(body, "dimensions", 1, 3072) ?? DEFAULT_DIMENSIONS;
  const format = body.encoding_format ?? "float";
  if (format !== "float" && format !== "base64") {
    throw invalidParameter(
      "encoding_format",
      `'encoding_format' must be float or base64, not ${JSON.stringify(format)}.`,
    );
  }
  const data = texts.map((text, index) => {
    const vector = embedText(text, dimensions);
    return { object: "embedding", index, embedding: format === "float" ? [...vector] : base64(vector) };
  });
  const tokens = texts.reduce((sum, text) => sum + tokensOf(text).length, 0);
  return c.json({ object: "list", data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } });
}

/** Texts, or lists of token numbers, which are taken as words. */
function inputTexts(input: unknown): string[] {
  if (input === undefined)
    throw invalidParameter("input", "Missing required parameter: 'input'.", "missing_required_parameter");
  const isTokens = (value: unknown): value is number[] =>
    Array.isArray(value) && value.length > 0 && value.every(Number.isInteger);
  const list: unknown[] = Array.isArray(input) && !isTokens(input) ? input : [input];
  const texts = list.map((item) => (isTokens(item) ? item.join(" ") : item));
  if (texts.length === 0 || texts.length > 2048 || !texts.every((text) => typeof text === "string" && text !== "")) {
    throw invalidParameter("input", "'input' must be a string, or an array of 1 to 2048 strings, none of them empty.");
  }
  return texts as string[];
}

/** Little-endian 32-bit floats. */
function base64(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [i, value] of vector.entries()) bytes.writeFloatLE(value, i * 4);
  return bytes.toString("base64");
}
