/**
 * Text as tones, and back. Four bits a symbol, one of 16 sine tones, 600 Hz to 2850 Hz in steps of 150 Hz, 20 ms each:
 * 25 bytes a second, about as fast as speech. A frame is a preamble of eight fixed symbols, the length of the text in
 * UTF-8 bytes (16 bits), the text, and a CRC-16/CCITT of length and text. Symbols are told apart by their energy (Goertzel), so the
 * sample rate, the loudness and where the frame starts do not matter; what is damaged fails the CRC and is left out.
 */
export const SAMPLE_RATE = 24_000;
const SYMBOL_SECONDS = 0.02;
const LOWEST_HZ = 600;
const STEP_HZ = 150;
const PREAMBLE = [0, 15, 0, 15, 5, 10, 5, 10];
const AMPLITUDE = 0.5;
/** Most UTF-8 bytes in a frame; longer texts take several. */
const FRAME_BYTES = 4096;
/** Silence between frames. */
const GAP_SECONDS = 0.1;

/** Samples in -1 to 1 at `SAMPLE_RATE`. */
export function encodeTones(text: string): Float32Array {
  const bytes = new TextEncoder().encode(text);
  const symbols: (number | undefined)[] = [];
  const gap = Array.from<undefined>({ length: GAP_SECONDS / SYMBOL_SECONDS });
  for (let at = 0; at < Math.max(bytes.length, 1); at += FRAME_BYTES) {
    symbols.push(...gap, ...frameSymbols(bytes.subarray(at, at + FRAME_BYTES)));
  }
  symbols.push(...gap);
  const perSymbol = SAMPLE_RATE * SYMBOL_SECONDS;
  const samples = new Float32Array(symbols.length * perSymbol);
  symbols.forEach((symbol, i) => {
    if (symbol === undefined) return;
    const step = (2 * Math.PI * (LOWEST_HZ + symbol * STEP_HZ)) / SAMPLE_RATE;
    for (let n = 0; n < perSymbol; n++) samples[i * perSymbol + n] = AMPLITUDE * Math.sin(step * n);
  });
  return samples;
}

/** The text in `samples`, frames joined; undefined when no whole frame is found. */
export function decodeTones(samples: Float32Array, sampleRate: number): string | undefined {
  const perSymbol = sampleRate * SYMBOL_SECONDS;
  const found: Uint8Array[] = [];
  let at = 0;
  while (at + PREAMBLE.length * perSymbol <= samples.length) {
    const start = findPreamble(samples, sampleRate, at);
    if (start === undefined) break;
    const frame = readFrame(samples, sampleRate, start + PREAMBLE.length * perSymbol);
    if (frame !== undefined) found.push(frame.bytes);
    at = frame?.end ?? start + perSymbol;
  }
  return found.length === 0 ? undefined : new TextDecoder().decode(Buffer.concat(found));
}

function frameSymbols(text: Uint8Array): number[] {
  const body = Uint8Array.of(text.length >> 8, text.length & 255, ...text);
  const crc = crc16(body);
  return [...PREAMBLE, ...[...body, crc >> 8, crc & 255].flatMap((byte) => [byte >> 4, byte & 15])];
}

/** Where a preamble starts, to within an eighth of a symbol: the best place among those at which it is read whole. */
function findPreamble(samples: Float32Array, sampleRate: number, from: number): number | undefined {
  const perSymbol = sampleRate * SYMBOL_SECONDS;
  const step = perSymbol / 8;
  const last = samples.length - PREAMBLE.length * perSymbol;
  for (let at = from; at <= last; at += step) {
    if (preambleEnergy(samples, sampleRate, at) === undefined) continue;
    const places = Array.from({ length: 16 }, (_, i) => at + i * (step / 2)).filter((place) => place <= last);
    const energies = places.map((place) => preambleEnergy(samples, sampleRate, place) ?? 0);
    return places[energies.indexOf(Math.max(...energies))];
  }
  return undefined;
}

function preambleEnergy(samples: Float32Array, sampleRate: number, at: number): number | undefined {
  let sum = 0;
  for (const [i, expected] of PREAMBLE.entries()) {
    const { symbol, energy } = readSymbol(samples, sampleRate, at + i * sampleRate * SYMBOL_SECONDS);
    if (symbol !== expected || energy < 1e-8) return undefined;
    sum += energy;
  }
  return sum;
}

function readFrame(
  samples: Float32Array,
  sampleRate: number,
  start: number,
): { bytes: Uint8Array; end: number } | undefined {
  const perByte = 2 * sampleRate * SYMBOL_SECONDS;
  const readBytes = (first: number, count: number) =>
    Uint8Array.from({ length: count }, (_, i) => {
      const at = start + (first + i) * perByte;
      return (
        (readSymbol(samples, sampleRate, at).symbol << 4) | readSymbol(samples, sampleRate, at + perByte / 2).symbol
      );
    });
  const [high = 0, low = 0] = readBytes(0, 2);
  const length = (high << 8) | low;
  const end = start + (length + 4) * perByte;
  if (length > FRAME_BYTES || end > samples.length + perByte / 4) return undefined;
  const body = readBytes(0, length + 2);
  const [crcHigh = 0, crcLow = 0] = readBytes(length + 2, 2);
  return crc16(body) === ((crcHigh << 8) | crcLow) ? { bytes: body.subarray(2), end } : undefined;
}

/** The loudest of the 16 tones in the middle of the symbol that starts at sample `at`, and its mean power. */
function readSymbol(samples: Float32Array, sampleRate: number, at: number): { symbol: number; energy: number } {
  const length = Math.round(sampleRate * SYMBOL_SECONDS);
  const start = Math.round(at);
  let best = { symbol: 0, energy: -1 };
  for (let symbol = 0; symbol < 16; symbol++) {
    const coefficient = 2 * Math.cos((2 * Math.PI * (LOWEST_HZ + symbol * STEP_HZ)) / sampleRate);
    let [previous, beforeThat] = [0, 0];
    for (let n = 0; n < length; n++) {
      const current = (samples[start + n] ?? 0) + coefficient * previous - beforeThat;
      beforeThat = previous;
      previous = current;
    }
    const energy = (previous ** 2 + beforeThat ** 2 - coefficient * previous * beforeThat) / length ** 2;
    if (energy > best.energy) best = { symbol, energy };
  }
  return best;
}

function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc;
}
