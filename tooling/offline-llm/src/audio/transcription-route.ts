import type { Context } from "hono";
import { ApiError, invalidParameter } from "../http/api-error.ts";
import type { Env, ServerState } from "../http/context.ts";
import { decodeTones, SAMPLE_RATE } from "./tone-code.ts";
import { fromPcm16, readWav } from "./wav.ts";

/**
 * `POST /v1/audio/transcriptions`: the text that a WAV file carries in its text chunk, else the text that its tones
 * spell, else `fallbackTranscript`. A file that is no WAV is read as raw 16-bit mono at 24 kHz.
 */
export async function transcription(c: Context<Env>, state: ServerState): Promise<Response> {
  let form: FormData;
  try {
    form = await c.req.formData();
  } catch {
    throw new ApiError(400, "The body of the request must be multipart/form-data.");
  }
  const file = form.get("file");
  if (!(file instanceof Blob))
    throw invalidParameter("file", "Missing required parameter: 'file'.", "missing_required_parameter");
  if (!form.get("model"))
    throw invalidParameter("model", "Missing required parameter: 'model'.", "missing_required_parameter");
  const bytes = Buffer.from(await file.arrayBuffer());
  const wav = readWav(bytes);
  const samples = wav?.samples ?? fromPcm16(bytes);
  const sampleRate = wav?.sampleRate ?? SAMPLE_RATE;
  const text = wav?.text ?? decodeTones(samples, sampleRate) ?? state.options.fallbackTranscript;
  const format = form.get("response_format") ?? "json";
  if (format === "text") return c.text(`${text}\n`);
  if (format === "json") return c.json({ text });
  if (format !== "verbose_json") {
    throw invalidParameter("response_format", "'response_format' must be json, text or verbose_json.");
  }
  const duration = samples.length / sampleRate;
  const segment = {
    id: 0,
    seek: 0,
    start: 0,
    end: duration,
    text,
    tokens: [],
    temperature: 0,
    avg_logprob: 0,
    compression_ratio: 1,
    no_speech_prob: 0,
  };
  return c.json({ task: "transcribe", language: "english", duration, text, segments: [segment] });
}
