import { OptionInvalidError } from "../errors/index.ts";

/** Who joins a room. The token's payload is readable by its holder: put no secret in it. */
export interface Participant {
  /** Unique in the room, and the key of the user's memory: decide it on the server. 1 to 256 characters. */
  identity: string;
  /** Display name, at most 256 characters. */
  name?: string | undefined;
  /** At most 16,384 characters. */
  metadata?: string | undefined;
  /** At most 64 strings. */
  attributes?: Readonly<Record<string, string>> | undefined;
}

export const MAX_NAME_CHARS = 256;
export const MAX_METADATA_CHARS = 16_384;
export const MAX_ATTRIBUTES = 64;

/** @throws OptionInvalidError */
export function checkParticipant(given: string | Participant): Participant {
  const participant = typeof given === "string" ? { identity: given } : given;
  checkName("participant.identity", participant.identity);
  if (participant.name !== undefined) checkLine("participant.name", participant.name);
  if (participant.metadata !== undefined) checkText("participant.metadata", participant.metadata, MAX_METADATA_CHARS);
  const attributes = Object.entries(participant.attributes ?? {});
  if (attributes.length > MAX_ATTRIBUTES) {
    throw new OptionInvalidError(
      "participant.attributes",
      `has ${attributes.length} entries; the limit is ${MAX_ATTRIBUTES}`,
    );
  }
  for (const [key, value] of attributes)
    checkText(`participant.attributes[${JSON.stringify(key)}]`, value, MAX_METADATA_CHARS);
  return participant;
}

/** Line ends and other characters that show nothing, and halves of surrogate pairs: no store of memories takes them. */
const CONTROLS = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

/** One line, or nothing. @throws OptionInvalidError */
function checkLine(option: string, value: unknown): void {
  checkText(option, value, MAX_NAME_CHARS);
  if (CONTROLS.test(value)) throw new OptionInvalidError(option, "must not hold control characters or line ends");
}

/** A name that must not be empty, nor hold control characters. @throws OptionInvalidError */
export function checkName(option: string, value: unknown): asserts value is string {
  checkText(option, value, MAX_NAME_CHARS);
  if (CONTROLS.test(value)) throw new OptionInvalidError(option, "must not hold control characters or line ends");
  if (value.trim() === "") throw new OptionInvalidError(option, "must not be empty");
}

export function checkText(option: string, value: unknown, maxChars: number): asserts value is string {
  if (typeof value !== "string")
    throw new OptionInvalidError(option, `must be a string, not ${value === null ? "null" : typeof value}`);
  if (value.length > maxChars)
    throw new OptionInvalidError(option, `has ${value.length} characters; the limit is ${maxChars}`);
}
