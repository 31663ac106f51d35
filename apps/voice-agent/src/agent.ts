import { defineAgent, voice } from "@livekit/agents";
import { prewarmMemory, processMemory } from "@sotto/livekit";
import { readMemoryScope } from "@sotto/voice-server";
import { callerMemory } from "./call/caller.ts";
import { recallReport } from "./call/recall-report.ts";
import { Receptionist } from "./call/receptionist.ts";
import { reportSaved } from "./call/report-saved.ts";
import { reportSender } from "./call/report-sender.ts";
import { openSotto } from "./open-sotto.ts";
import { readSettings } from "./settings.ts";
import { makeLlm, makeStt, makeTts, makeVad } from "./voice/models.ts";

/** Loaded by each of the worker's processes; a process takes one call. */
export default defineAgent({
  prewarm: async (proc) => {
    await prewarmMemory(proc, { sotto: await openSotto(readSettings()) });
  },

  entry: async (ctx) => {
    const settings = readSettings();
    await ctx.connect();
    const report = reportSender(ctx.room);
    const scope = readMemoryScope(ctx.job.metadata);
    const session = new voice.AgentSession({
      llm: makeLlm(settings),
      stt: makeStt(settings),
      tts: makeTts(settings),
      vad: makeVad(settings),
      // Both without a model to download or a service to ask.
      turnHandling: { turnDetection: "vad", interruption: { mode: "vad" } },
    });
    const agent = new Receptionist({
      sotto: reportSaved(processMemory(ctx.proc), report),
      identify: callerMemory(scope),
      ...(scope?.session === undefined ? {} : { session: scope.session }),
      onRecall: (event) => report(recallReport(event)),
    });
    // Else the process would wait for the empty room to end, 20 s, before it is free. It waits for memory.
    session.once(voice.AgentSessionEventTypes.Close, () => ctx.shutdown("the call is over"));
    await session.start({ agent, room: ctx.room });
  },
});
