import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  Room,
  RoomEvent,
  type TextStreamReader,
  TrackPublishOptions,
  TrackSource,
} from "@livekit/rtc-node";
import { MEMORY_TOPIC, type MemoryReport, type RecallReport, type SavedReport } from "../../src/call/reports.ts";
import { offlineSpeech, SPEECH_RATE } from "./offline-speech.ts";
import { StreamOf } from "./stream-of.ts";

const FRAME_SAMPLES = 240;

export interface Transcript {
  from: "agent" | "caller";
  text: string;
}

/** Where somebody calls. */
export interface CallableApp {
  /** The web server. */
  url: string;
  /** The stand-in's OpenAI endpoint, whose voice the caller has. */
  openaiURL: string;
}

/** Someone in front of the page, who may call several times; known by a cookie, as a browser is. */
export class Person {
  readonly #app: CallableApp;
  readonly #cookie: string;

  private constructor(app: CallableApp, cookie: string) {
    this.#app = app;
    this.#cookie = cookie;
  }

  static async signIn(app: CallableApp, name: string): Promise<Person> {
    const answer = await fetch(`${app.url}/sign-in`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name }),
    });
    const [cookie] = (answer.headers.get("set-cookie") ?? "").split(";");
    if (!answer.ok || !cookie) throw new Error(`Sign-in answered ${answer.status}`);
    return new Person(app, cookie);
  }

  async call(): Promise<Call> {
    const answer = await fetch(`${this.#app.url}/getToken`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Cookie: this.#cookie },
      body: "{}",
    });
    if (answer.status !== 201) throw new Error(`The token endpoint answered ${answer.status}`);
    const { server_url, participant_token } = (await answer.json()) as {
      server_url: string;
      participant_token: string;
    };
    return Call.join(server_url, participant_token, this.#app.openaiURL);
  }
}

/** A call by a real LiveKit client. */
export class Call {
  readonly transcripts = new StreamOf<Transcript>();
  readonly reports = new StreamOf<MemoryReport>();
  readonly #room = new Room();
  readonly #openaiURL: string;
  #microphone: AudioSource | undefined;

  private constructor(openaiURL: string) {
    this.#openaiURL = openaiURL;
  }

  static async join(url: string, token: string, openaiURL: string): Promise<Call> {
    const call = new Call(openaiURL);
    const room = call.#room;
    // What the agent was sending when it was killed never arrives whole.
    const readWhole = (reader: TextStreamReader, then: (text: string) => void) =>
      void reader.readAll().then(then, () => {});
    room.registerTextStreamHandler("lk.transcription", (reader, { identity }) => {
      const from = identity === room.localParticipant?.identity ? "caller" : "agent";
      readWhole(reader, (text) => call.transcripts.push({ from, text }));
    });
    room.registerTextStreamHandler(MEMORY_TOPIC, (reader) => {
      readWhole(reader, (text) => call.reports.push(JSON.parse(text) as MemoryReport));
    });
    // LiveKit's own, which its client would log by the hundred as unheard.
    room.registerByteStreamHandler("lk.agent.session", (reader) => void reader.readAll().catch(() => {}));
    await room.connect(url, token, { autoSubscribe: true, dynacast: false });
    return call;
  }

  get roomName(): string {
    return this.#room.name ?? "";
  }

  /** Who calls, as LiveKit knows them. */
  get identity(): string {
    return this.#room.localParticipant?.identity ?? "";
  }

  get recalls(): RecallReport[] {
    return this.reports.all.filter((report) => report.type === "recall");
  }

  get saved(): SavedReport[] {
    return this.reports.all.filter((report) => report.type === "saved");
  }

  /** Waits for an utterance of the agent, whole and heard, that holds `text`. */
  async hears(text: string, timeoutMs = 45_000): Promise<string> {
    const heard = this.transcripts.first(
      `"${text}" from the agent`,
      (transcript) => transcript.from === "agent" && transcript.text.includes(text),
      timeoutMs,
    );
    return heard.then(
      (transcript) => transcript.text,
      (error: Error) => {
        throw new Error(`${error.message}; recalled ${JSON.stringify(this.recalls)}`);
      },
    );
  }

  /** Waits until these utterances are on disk. */
  async savedAll(...texts: string[]): Promise<void> {
    for (const text of texts) {
      await this.reports.first(
        `report that "${text}" is saved`,
        (report) => report.type === "saved" && report.text === text,
      );
    }
  }

  async sid(): Promise<string> {
    return (await this.#room.getSid()) ?? "";
  }

  async type(text: string): Promise<void> {
    await this.#room.localParticipant?.sendText(text, { topic: "lk.chat" });
  }

  /** Says it until it is understood, three times at most: a busy machine drops sound as a bad line does. */
  async says(text: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.say(text);
      const understood = this.transcripts.first(
        `transcript of "${text}"`,
        (heard) => heard.from === "caller" && heard.text === text,
        8_000,
      );
      if (attempt === 3) return void (await understood);
      if (
        await understood.then(
          () => true,
          () => false,
        )
      )
        return;
    }
  }

  /** Says it into the microphone: with the stand-in's voice, in real time, between two seconds of silence. */
  async say(text: string): Promise<void> {
    const speech = await offlineSpeech(this.#openaiURL, text);
    const microphone = await this.#openMicrophone();
    for (let at = 0; at < speech.length; at += FRAME_SAMPLES) {
      const samples = speech.slice(at, at + FRAME_SAMPLES);
      await microphone.captureFrame(new AudioFrame(samples, SPEECH_RATE, 1, samples.length));
    }
    await microphone.waitForPlayout();
  }

  async hangUp(): Promise<void> {
    await this.#room.disconnect();
  }

  /** Resolves when the agent has left the room. */
  async agentLeaves(): Promise<void> {
    if (this.#room.remoteParticipants.size === 0) return;
    await new Promise((resolve) => this.#room.once(RoomEvent.ParticipantDisconnected, resolve));
  }

  async #openMicrophone(): Promise<AudioSource> {
    if (this.#microphone !== undefined) return this.#microphone;
    this.#microphone = new AudioSource(SPEECH_RATE, 1);
    const track = LocalAudioTrack.createAudioTrack("microphone", this.#microphone);
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    const publication = await this.#room.localParticipant?.publishTrack(track, options);
    await publication?.waitForSubscription();
    return this.#microphone;
  }
}
