/** The chunk in which a WAV file carries its text, as UTF-8. Players skip chunks that they do not know. */
const TEXT_CHUNK = "sotT";

export interface Wav {
  /** Mono, -1 to 1; several channels are averaged. */
  samples: Float32Array;
  sampleRate: number;
  /** What the text chunk says; undefined without one. */
  text: string | undefined;
}

export function pcm16(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  for (const [i, sample] of samples.entries()) {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32767), i * 2);
  }
  return bytes;
}

export function fromPcm16(bytes: Buffer, channels = 1): Float32Array {
  const frames = Math.floor(bytes.length / 2 / channels);
  return Float32Array.from({ length: frames }, (_, frame) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) sum += bytes.readInt16LE((frame * channels + channel) * 2);
    return sum / channels / 32768;
  });
}

/** A mono 16-bit WAV file, with a text chunk when there is a text. */
export function writeWav(samples: Float32Array, sampleRate: number, text?: string): Buffer {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(sampleRate, 4);
  format.writeUInt32LE(sampleRate * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const words = text === undefined ? [] : [chunk(TEXT_CHUNK, Buffer.from(text))];
  const chunks = Buffer.concat([chunk("fmt ", format), ...words, chunk("data", pcm16(samples))]);
  return chunk("RIFF", Buffer.concat([Buffer.from("WAVE"), chunks]));
}

/** Reads a 16-bit PCM WAV file; undefined for anything else. */
export function readWav(bytes: Buffer): Wav | undefined {
  if (bytes.length < 12 || bytes.toString("latin1", 0, 4) !== "RIFF" || bytes.toString("latin1", 8, 12) !== "WAVE")
    return undefined;
  const chunks = new Map<string, Buffer>();
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32LE(at + 4);
    chunks.set(bytes.toString("latin1", at, at + 4), bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  const format = chunks.get("fmt ");
  if (format === undefined || format.length < 16 || format.readUInt16LE(14) !== 16) return undefined;
  const channels = Math.max(1, format.readUInt16LE(2));
  return {
    samples: fromPcm16(chunks.get("data") ?? Buffer.alloc(0), channels),
    sampleRate: format.readUInt32LE(4),
    text: chunks.get(TEXT_CHUNK)?.toString("utf8"),
  };
}

function chunk(id: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(id, 0, "latin1");
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content, Buffer.alloc(content.length % 2)]);
}
