import { initializeLogger, type VADEvent, VADEventType } from "@livekit/agents";
import { AudioFrame } from "@livekit/rtc-node";
import { LevelVad } from "./level-vad.ts";

const RATE = 16_000;
const FRAME_MS = 10;

/** Frames of a 1 kHz tone, or of silence. */
function frames(ms: number, amplitude: number): AudioFrame[] {
  const samples = (RATE * FRAME_MS) / 1000;
  return Array.from({ length: ms / FRAME_MS }, () => {
    const data = Int16Array.from(
      { length: samples },
      (_, i) => amplitude * 32_767 * Math.sin((2 * Math.PI * 1000 * i) / RATE),
    );
    return new AudioFrame(data, RATE, 1, samples);
  });
}

async function hear(audio: readonly AudioFrame[]): Promise<VADEvent[]> {
  const stream = new LevelVad().stream();
  for (const frame of audio) stream.pushFrame(frame);
  const events: VADEvent[] = [];
  // One event for each frame, and those that begin and end speech among them.
  for (let heard = 0; heard < audio.length; ) {
    const { value, done } = await stream.next();
    if (done) break;
    if (value.type === VADEventType.INFERENCE_DONE) heard++;
    else events.push(value);
  }
  stream.close();
  return events;
}

const durationMs = (event: VADEvent | undefined) => (1000 * (event?.frames[0]?.samplesPerChannel ?? 0)) / RATE;

describe("LevelVad", () => {
  beforeAll(() => initializeLogger({ pretty: false, level: "error" }));

  it("hears sound begin and end, and hands over all of it with what came just before", async () => {
    const events = await hear([...frames(1000, 0), ...frames(800, 0.3), ...frames(700, 0), ...frames(100, 0)]);
    expect(events.map(({ type }) => type)).toEqual([VADEventType.START_OF_SPEECH, VADEventType.END_OF_SPEECH]);
    expect(events[1]?.speechDuration).toBeCloseTo(800, -1);
    expect(durationMs(events[1])).toBeGreaterThanOrEqual(800 + 290);
  });

  it("takes a short pause for a part of the utterance", async () => {
    const events = await hear([...frames(300, 0.3), ...frames(400, 0), ...frames(300, 0.3), ...frames(700, 0)]);
    expect(events.map(({ type }) => type)).toEqual([VADEventType.START_OF_SPEECH, VADEventType.END_OF_SPEECH]);
  });

  it("hears neither a click nor a faint hum", async () => {
    expect(await hear([...frames(200, 0), ...frames(30, 0.5), ...frames(700, 0)])).toEqual([]);
    expect(await hear(frames(1500, 0.01))).toEqual([]);
  });
});
