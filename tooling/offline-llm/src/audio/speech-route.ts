import type { Context } from "hono";
import { invalidParameter } from "../http/api-error.ts";
import type { Env } from "../http/context.ts";
import { isObject, requiredString } from "../http/json.ts";
import { encodeTones, SAMPLE_RATE } from "./tone-code.ts";
import { pcm16, writeWav } from "./wav.ts";

const FORMATS = ["mp3", "opus", "aac", "flac", "wav", "pcm"];
const MAX_CHARS = 4096;

/**
 * `POST /v1/audio/speech`: tones that carry the text (see tone-code.ts). `pcm` is raw 16-bit mono at 24 kHz; every
 * other format is answered with a WAV file, whose content type says so.
 */
export function speech(c: Context<Env>): Response {
  const given = c.get("record").body;
  const body = isObject(given) ? given : {};
  requiredString(body, "model");
  const input = requiredString(body, "input");
  if (input.length > MAX_CHARS)
    throw invalidParameter(
      "input",
      `'input' has ${input.length} characters; the limit is ${MAX_CHARS}.`,
      "string_too_long",
    );
  const format = body.response_format ?? "mp3";
  if (typeof format !== "string" || !FORMATS.includes(format)) {
    throw invalidParameter(
      "response_format",
      `'response_format' must be one of ${FORMATS.join(", ")}, not ${JSON.stringify(format)}.`,
    );
  }
  const samples = encodeTones(input);
  const bytes = format === "pcm" ? pcm16(samples) : writeWav(samples, SAMPLE_RATE, input);
  return c.body(new Uint8Array(bytes), 200, { "Content-Type": format === "pcm" ? "audio/pcm" : "audio/wav" });
}
