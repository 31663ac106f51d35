import { decodeText } from "../files/decode-text.ts";
import { type Row, recordParts } from "../records/record-parts.ts";
import type { Loader } from "./loader.ts";

/**
 * JSON: an array of objects (or strings) is one document a row; so is an object with such an array as its only array
 * (`{ "documents": [...] }`); any other object is one document.
 */
export const jsonLoader: Loader = {
  type: "json",
  extensions: [".json"],
  load({ bytes }, options) {
    let value: unknown;
    try {
      value = JSON.parse(decodeText(bytes));
    } catch (cause) {
      throw new Error(cause instanceof SyntaxError ? `not JSON: ${cause.message}` : (cause as Error).message, {
        cause,
      });
    }
    const list = listOf(value);
    if (list !== undefined) {
      return recordParts(
        list.map((each, index): Row => ({ number: index + 1, value: each })),
        options,
      );
    }
    const [part] = recordParts([{ number: 1, value }], options);
    if (part === undefined) return [];
    const { key: _, ...whole } = part;
    return [whole];
  },
};

function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return undefined;
  const arrays = Object.values(value).filter((each) => Array.isArray(each));
  const [only] = arrays;
  const ofObjects =
    only !== undefined &&
    only.length > 0 &&
    only.every((each: unknown) => typeof each === "object" && each !== null && !Array.isArray(each));
  return arrays.length === 1 && ofObjects ? only : undefined;
}
