import { mergeFrames, VAD, type VADEvent, VADEventType, VADStream } from "@livekit/agents";
import type { AudioFrame } from "@livekit/rtc-node";

export interface LevelVadOptions {
  /** Sound from this level on counts as speech: root mean square, 0 to 1 of full scale. Default 0.02. */
  threshold?: number;
  /** Default 60 ms. */
  minSpeechMs?: number;
  /** Silence that ends an utterance. Default 550 ms. */
  minSilenceMs?: number;
  /** Audio kept from before the start of speech. Default 300 ms. */
  prefixMs?: number;
}

/**
 * Hears any sound that is loud enough, where Silero hears human voices only. For the offline stand-in, whose speech is
 * tones; a noisy room would keep it listening for ever.
 */
export class LevelVad extends VAD {
  label = "LevelVad";
  readonly #options: Required<LevelVadOptions>;

  constructor(options: LevelVadOptions = {}) {
    super({ updateInterval: 50 });
    this.#options = { threshold: 0.02, minSpeechMs: 60, minSilenceMs: 550, prefixMs: 300, ...options };
  }

  override get minSilenceDuration(): number {
    return this.#options.minSilenceMs;
  }

  stream(): VADStream {
    return new LevelVadStream(this, this.#options);
  }
}

class LevelVadStream extends VADStream {
  readonly #options: Required<LevelVadOptions>;
  /** What was heard of this utterance, or of the silence before it. */
  #frames: AudioFrame[] = [];
  #speaking = false;
  #loudMs = 0;
  #quietMs = 0;
  #speechMs = 0;
  #samples = 0;

  constructor(vad: LevelVad, options: Required<LevelVadOptions>) {
    super(vad);
    this.#options = options;
    void this.#pump();
  }

  async #pump(): Promise<void> {
    while (!this.closed) {
      const { done, value } = await this.inputReader.read();
      if (done) return;
      if (typeof value === "symbol") this.#reset();
      else this.#hear(value);
    }
  }

  #hear(frame: AudioFrame): void {
    const ms = (1000 * frame.samplesPerChannel) / frame.sampleRate;
    const loud = levelOf(frame) >= this.#options.threshold;
    this.#samples += frame.samplesPerChannel;
    this.#frames.push(frame);
    this.#loudMs = loud ? this.#loudMs + ms : 0;
    this.#quietMs = loud ? 0 : this.#quietMs + ms;
    if (this.#speaking) this.#speechMs += ms;
    this.#send(VADEventType.INFERENCE_DONE, [frame], loud ? 1 : 0);
    if (!this.#speaking && this.#loudMs >= this.#options.minSpeechMs) {
      this.#speaking = true;
      this.#speechMs = this.#loudMs;
      this.#send(VADEventType.START_OF_SPEECH, [mergeFrames(this.#frames)], 1);
    } else if (this.#speaking && this.#quietMs >= this.#options.minSilenceMs) {
      this.#speaking = false;
      this.#speechMs -= this.#quietMs;
      this.#send(VADEventType.END_OF_SPEECH, [mergeFrames(this.#frames)], 0);
      this.#speechMs = 0;
    }
    if (!this.#speaking && !loud) this.#keepPrefix();
  }

  #keepPrefix(): void {
    const lengthMs = () =>
      this.#frames.reduce((sum, frame) => sum + (1000 * frame.samplesPerChannel) / frame.sampleRate, 0);
    while (lengthMs() > this.#options.prefixMs) this.#frames.shift();
  }

  #send(type: VADEvent["type"], frames: AudioFrame[], probability: number): void {
    this.sendVADEvent({
      type,
      frames,
      probability,
      samplesIndex: this.#samples,
      timestamp: Date.now(),
      speechDuration: this.#speechMs,
      silenceDuration: this.#quietMs,
      inferenceDuration: 0,
      speaking: this.#speaking,
      rawAccumulatedSpeech: this.#loudMs,
      rawAccumulatedSilence: this.#quietMs,
    });
  }

  #reset(): void {
    this.#frames = [];
    this.#speaking = false;
    this.#loudMs = 0;
    this.#quietMs = 0;
    this.#speechMs = 0;
  }
}

/** Root mean square of a frame, 0 to 1. */
function levelOf({ data }: AudioFrame): number {
  const sum = data.reduce((total, sample) => total + (sample / 32_768) ** 2, 0);
  return Math.sqrt(sum / Math.max(data.length, 1));
}
