/** Samples a second. */
export const SPEECH_RATE = 24_000;

/** What the stand-in's voice says, 16-bit mono, with a second and a half of silence before and behind. */
export async function offlineSpeech(openaiURL: string, text: string): Promise<Int16Array> {
  const answer = await fetch(`${openaiURL}/audio/speech`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ model: "tts", voice: "any", input: text, response_format: "pcm" }),
  });
  const bytes = await answer.arrayBuffer();
  const silence = 1.5 * SPEECH_RATE;
  const speech = new Int16Array(2 * silence + bytes.byteLength / 2);
  speech.set(new Int16Array(bytes), silence);
  return speech;
}

/** A WAV file of such samples. */
export function wavOf(samples: Int16Array): Buffer {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SPEECH_RATE, 24);
  header.writeUInt32LE(2 * SPEECH_RATE, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]);
}
