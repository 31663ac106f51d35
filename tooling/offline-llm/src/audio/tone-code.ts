import { toneRuns } from "./tone-runs.ts";

/**
 * Text as tones, and back. Four bits a symbol, 20 ms each: 25 bytes a second, about as fast as speech. A symbol is a step:
 * of 17 sine tones, 600 Hz to 3000 Hz in steps of 150 Hz, the next one sounds `1 + symbol` places further, round about. So
 * no tone follows itself, and only their order counts, not how long each lasts: a telephone line's jitter buffer, which
 * stretches and cuts sound, does no harm as long as every tone is heard. A frame is a preamble of eight fixed tones, the
 * length of the text in UTF-8 bytes (16 bits), the text, and a CRC-16/CCITT of length and text. The sample rate, the
 * loudness and where the frame starts do not matter; what is damaged fails the CRC and is left out.
 */
export const SAMPLE_RATE = 24_000;
export const TONES_HZ = Array.from({ length: 17 }, (_, tone) => 600 + 150 * tone);
const SYMBOL_SECONDS = 0.02;
const PREAMBLE = [0, 16, 0, 16, 4, 12, 4, 12];
const AMPLITUDE = 0.5;
/** Most UTF-8 bytes in a frame; longer texts take several. */
const FRAME_BYTES = 4096;
/** Silence between frames. */
const GAP_SECONDS = 0.1;

/** Samples in -1 to 1 at `SAMPLE_RATE`. */
export function encodeTones(text: string): Float32Array {
  const bytes = new TextEncoder().encode(text);
  const tones: (number | undefined)[] = [];
  const gap = Array.from<undefined>({ length: GAP_SECONDS / SYMBOL_SECONDS });
  for (let at = 0; at < Math.max(bytes.length, 1); at += FRAME_BYTES) {
    tones.push(...gap, ...frameTones(bytes.subarray(at, at + FRAME_BYTES)));
  }
  tones.push(...gap);
  const perSymbol = SAMPLE_RATE * SYMBOL_SECONDS;
  const samples = new Float32Array(tones.length * perSymbol);
  let phase = 0;
  tones.forEach((tone, i) => {
    if (tone === undefined) return;
    const step = (2 * Math.PI * (TONES_HZ[tone] ?? 0)) / SAMPLE_RATE;
    for (let n = 0; n < perSymbol; n++) {
      samples[i * perSymbol + n] = AMPLITUDE * Math.sin(phase);
      phase += step;
    }
  });
  return samples;
}

/** The text in `samples`, frames joined; undefined when no whole frame is found. */
export function decodeTones(samples: Float32Array, sampleRate: number): string | undefined {
  const tones = toneRuns(samples, sampleRate, TONES_HZ);
  const found: Uint8Array[] = [];
  for (let at = 0; at < tones.length; ) {
    const frame = PREAMBLE.every((tone, i) => tones[at + i] === tone) ? readFrame(tones, at) : undefined;
    if (frame !== undefined) found.push(frame.bytes);
    at = frame?.end ?? at + 1;
  }
  return found.length === 0 ? undefined : new TextDecoder().decode(Buffer.concat(found));
}

function frameTones(text: Uint8Array): number[] {
  const body = Uint8Array.of(text.length >> 8, text.length & 255, ...text);
  const crc = crc16(body);
  const tones = [...PREAMBLE];
  for (const symbol of [...body, crc >> 8, crc & 255].flatMap((byte) => [byte >> 4, byte & 15])) {
    tones.push(((tones.at(-1) ?? 0) + 1 + symbol) % TONES_HZ.length);
  }
  return tones;
}

/** The frame whose preamble starts at `at`, and where it ends; undefined when it is damaged. */
function readFrame(tones: readonly (number | undefined)[], at: number): { bytes: Uint8Array; end: number } | undefined {
  const start = at + PREAMBLE.length;
  const symbol = (i: number) => {
    const [previous, tone] = [tones[i - 1], tones[i]];
    if (previous === undefined || tone === undefined) return undefined;
    return (tone - previous - 1 + TONES_HZ.length) % TONES_HZ.length;
  };
  const readBytes = (first: number, count: number) => {
    const bytes = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const [high, low] = [symbol(start + 2 * (first + i)), symbol(start + 2 * (first + i) + 1)];
      if (high === undefined || low === undefined) return undefined;
      bytes[i] = (high << 4) | low;
    }
    return bytes;
  };
  const [high = 0, low = 0] = readBytes(0, 2) ?? [];
  const length = (high << 8) | low;
  if (length > FRAME_BYTES) return undefined;
  const body = readBytes(0, length + 2);
  const crc = readBytes(length + 2, 2);
  if (body === undefined || crc === undefined || crc16(body) !== (((crc[0] ?? 0) << 8) | (crc[1] ?? 0)))
    return undefined;
  return { bytes: body.subarray(2), end: start + 2 * (length + 4) };
}

function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}
