import { inference, type VAD } from "@livekit/agents";
import { LLM, STT, TTS, type TTSVoices } from "@livekit/agents-plugin-openai";
import type { Settings } from "../settings.ts";
import { LevelVad } from "./level-vad.ts";

export function makeLlm(settings: Settings): LLM {
  return new LLM({ ...endpoint(settings), model: settings.LLM_MODEL });
}

/** Transcribes each utterance when it ends, by `POST /audio/transcriptions`: what every compatible server has. */
export function makeStt(settings: Settings): STT {
  return new STT({
    ...endpoint(settings),
    model: settings.STT_MODEL,
    language: settings.STT_LANGUAGE,
    useRealtime: false,
  });
}

export function makeTts(settings: Settings): TTS {
  return new TTS({ ...endpoint(settings), model: settings.TTS_MODEL, voice: settings.TTS_VOICE as TTSVoices });
}

/** Hears when the caller speaks. Silero's model comes inside LiveKit's packages: nothing is downloaded. */
export function makeVad(settings: Settings): VAD {
  return settings.VOICE_ACTIVITY === "level" ? new LevelVad() : new inference.VAD({ minSilenceDuration: 550 });
}

function endpoint(settings: Settings) {
  if (settings.OPENAI_API_KEY === "") {
    throw new Error("OPENAI_API_KEY is not set. Set it in .env, or try the app without a key: npm run dev:offline");
  }
  return { baseURL: settings.OPENAI_BASE_URL, apiKey: settings.OPENAI_API_KEY };
}
