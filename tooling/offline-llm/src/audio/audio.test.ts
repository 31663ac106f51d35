import OpenAI, { toFile } from "openai";
import { type OfflineLlm, startOfflineLlm } from "../index.ts";
import { decodeTones, encodeTones, SAMPLE_RATE } from "./tone-code.ts";
import { fromPcm16, readWav, writeWav } from "./wav.ts";

const TEXT = "Where is my order, číslo 4711?";
let server: OfflineLlm;
let client: OpenAI;

beforeAll(async () => {
  server = await startOfflineLlm({ fallbackTranscript: "I heard something." });
  client = new OpenAI({ baseURL: server.baseURL, apiKey: "any", maxRetries: 0 });
});
afterAll(() => server.close());

async function speak(response_format: "wav" | "pcm" | "mp3", input = TEXT): Promise<Buffer> {
  const response = await client.audio.speech.create({ model: "tts", voice: "alloy", input, response_format });
  return Buffer.from(await response.arrayBuffer());
}
async function transcribe(bytes: Buffer, name = "audio.wav"): Promise<string> {
  return (await client.audio.transcriptions.create({ model: "stt", file: await toFile(bytes, name) })).text;
}

describe("speech, then transcription", () => {
  it("gives the text back from the WAV file, which mp3 gets as well", async () => {
    expect(await transcribe(await speak("wav"))).toBe(TEXT);
    expect((await speak("mp3")).toString("latin1", 0, 4)).toBe("RIFF");
  });

  it("gives the text back from the samples alone, raw and re-wrapped by another program", async () => {
    const pcm = await speak("pcm");
    expect(await transcribe(pcm, "audio.pcm")).toBe(TEXT);
    const rewrapped = writeWav(fromPcm16(pcm), SAMPLE_RATE);
    expect(readWav(rewrapped)?.text).toBeUndefined();
    expect(await transcribe(rewrapped)).toBe(TEXT);
  });

  it("speaks longer for a longer text", async () => {
    expect((await speak("pcm", "a".repeat(100))).length).toBeGreaterThan((await speak("pcm", "a".repeat(50))).length);
  });

  it("answers a fixed text for audio that says nothing", async () => {
    expect(await transcribe(writeWav(new Float32Array(24_000), 24_000))).toBe("I heard something.");
  });

  it("answers as text and as verbose JSON", async () => {
    const file = await toFile(await speak("wav"), "a.wav");
    expect(await client.audio.transcriptions.create({ model: "stt", file, response_format: "text" })).toBe(`${TEXT}\n`);
    const verbose = await client.audio.transcriptions.create({ model: "stt", file, response_format: "verbose_json" });
    expect(verbose).toMatchObject({ text: TEXT, language: "english", segments: [{ text: TEXT }] });
    expect(verbose.duration).toBeGreaterThan(1);
  });

  it("refuses a request without a file, and a text beyond the limit", async () => {
    const form = new FormData();
    form.set("model", "stt");
    const response = await fetch(`${server.baseURL}/audio/transcriptions`, { method: "POST", body: form });
    expect([response.status, (await response.json()).error.param]).toEqual([400, "file"]);
    await expect(speak("wav", "a".repeat(4097))).rejects.toMatchObject({ status: 400, param: "input" });
  });
});

describe("the tone code", () => {
  const tones = encodeTones(TEXT);

  it("survives an unknown start, silence around it, and a quieter, noisy line", () => {
    let seed = 1;
    const noise = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return (seed / 2 ** 32 - 0.5) * 0.02;
    };
    const line = new Float32Array(tones.length + 7777);
    line.set(
      tones.map((sample) => sample * 0.2),
      3333,
    );
    expect(
      decodeTones(
        line.map((sample) => sample + noise()),
        SAMPLE_RATE,
      ),
    ).toBe(TEXT);
  });

  it("survives resampling to 16 kHz and 48 kHz", () => {
    for (const rate of [16_000, 48_000]) {
      const length = Math.floor((tones.length * rate) / SAMPLE_RATE) - 2;
      const resampled = Float32Array.from({ length }, (_, i) => {
        const at = (i * SAMPLE_RATE) / rate;
        const [low = 0, high = 0] = tones.subarray(Math.floor(at), Math.floor(at) + 2);
        return low + (high - low) * (at % 1);
      });
      expect(decodeTones(resampled, rate)).toBe(TEXT);
    }
  });

  it("survives a line that stretches some tones and cuts others short", () => {
    const ms = SAMPLE_RATE / 1000;
    const pieces: Float32Array[] = [];
    for (let at = 0, i = 0; at < tones.length; i++) {
      const end = Math.min(at + 97 * ms, tones.length);
      pieces.push(tones.subarray(at, end));
      // By turns 9 ms are heard twice, and 7 ms are lost.
      if (i % 2 === 0) pieces.push(tones.subarray(end - 9 * ms, end));
      at = i % 2 === 0 ? end : end + 7 * ms;
    }
    expect(decodeTones(Float32Array.from(pieces.flatMap((piece) => [...piece])), SAMPLE_RATE)).toBe(TEXT);
  });

  it("joins several utterances and leaves out a damaged one", () => {
    const damaged = Float32Array.from(tones);
    damaged.fill(0, tones.length / 2, tones.length / 2 + 2000);
    const all = [encodeTones("One. "), damaged, encodeTones("Two.")];
    const joined = Float32Array.from(all.flatMap((part) => [...part]));
    expect(decodeTones(joined, SAMPLE_RATE)).toBe("One. Two.");
  });
});
