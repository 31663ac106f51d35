import { getJobContext, llm, type voice } from "@livekit/agents";
import { guardedLog } from "../telemetry/guarded-log.ts";

/**
 * Makes closing the session wait for `finish`. The last items of a session come after `onExit`, and listeners of `close`
 * are not awaited; what is awaited, after the last item, is `aclose` of the session's own toolsets. LiveKit takes these
 * in the constructor only, so that the toolset goes into the session's list here; should a later LiveKit have no such
 * list, `close()` waits instead. A job also waits in its shutdown, however the session ended.
 */
export function awaitOnClose(
  session: voice.AgentSession,
  finish: () => Promise<void>,
  finishInJob: () => Promise<void>,
): void {
  if (!addToolset(session, finish)) wrapClose(session, finish);
  getJobContext(false)?.addShutdownCallback(finishInJob);
}

function addToolset(session: voice.AgentSession, aclose: () => Promise<void>): boolean {
  const toolCtx: unknown = Reflect.get(session, "_toolCtx");
  if (!(toolCtx instanceof llm.ToolContext)) return false;
  try {
    toolCtx.updateTools([...toolCtx.tools, llm.Toolset.create({ id: "sotto_memory", tools: [], aclose })]);
    return session.toolCtx.toolsets.some(({ id }) => id === "sotto_memory");
  } catch {
    return false;
  }
}

function wrapClose(session: voice.AgentSession, finish: () => Promise<void>): void {
  guardedLog("debug", "the session's toolsets cannot be reached: close() waits for memory instead");
  const close = session.close.bind(session);
  session.close = async () => {
    await close();
    await finish();
  };
}
