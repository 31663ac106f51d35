import { ReadableStream, type ReadableStreamDefaultController } from "node:stream/web";
import { VAD, VADStream, voice } from "@livekit/agents";
import { AudioFrame } from "@livekit/rtc-node";

export function silence(ms: number, sampleRate = 16_000): AudioFrame {
  const samples = Math.floor((sampleRate * ms) / 1_000);
  return new AudioFrame(new Int16Array(samples), sampleRate, 1, samples);
}

/** A microphone that the test pushes frames into. */
export class Microphone extends voice.AudioInput {
  #controller: ReadableStreamDefaultController<AudioFrame> | undefined;

  constructor() {
    super();
    this.multiStream.addInputStream(
      new ReadableStream<AudioFrame>({
        start: (controller) => {
          this.#controller = controller;
        },
      }),
    );
  }

  push(ms: number): void {
    this.#controller?.enqueue(silence(ms));
  }
}

/** A loudspeaker that plays at once; `onFirstFrame` may interrupt. */
export class Loudspeaker extends voice.AudioOutput {
  onFirstFrame: (() => void) | undefined;
  /** What was heard when playing is interrupted. */
  heard: string | undefined;
  #playing = false;

  constructor() {
    super(24_000);
  }

  override async captureFrame(frame: AudioFrame): Promise<void> {
    await super.captureFrame(frame);
    if (this.#playing) return;
    this.#playing = true;
    this.onPlaybackStarted(Date.now());
    this.onFirstFrame?.();
  }

  override flush(): void {
    super.flush();
    if (this.onFirstFrame === undefined) this.#finish({ playbackPosition: 0.2, interrupted: false });
  }

  override clearBuffer(): void {
    this.#finish({
      playbackPosition: 0.02,
      interrupted: true,
      ...(this.heard === undefined ? {} : { synchronizedTranscript: this.heard }),
    });
  }

  #finish(event: voice.PlaybackFinishedEvent): void {
    if (!this.#playing) return;
    this.#playing = false;
    this.onPlaybackFinished(event);
  }
}

/** Ten frames of speech for any text. */
export async function spokenFrames(): Promise<ReadableStream<AudioFrame>> {
  return new ReadableStream<AudioFrame>({
    start(controller) {
      for (let n = 0; n < 10; n++) controller.enqueue(silence(20, 24_000));
      controller.close();
    },
  });
}

/** Detects no speech: turns end by the transcript alone. */
export class DeafVAD extends VAD {
  label = "deaf-vad";

  constructor() {
    super({ updateInterval: 1 });
  }

  override stream(): VADStream {
    return new DeafVADStream(this);
  }
}

class DeafVADStream extends VADStream {
  constructor(vad: VAD) {
    super(vad);
    void this.#drain();
  }

  async #drain(): Promise<void> {
    try {
      while (!this.closed) if ((await this.inputReader.read()).done) break;
    } catch {
      // Detached.
    }
  }
}
