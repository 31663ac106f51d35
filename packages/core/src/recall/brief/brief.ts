import type { Clock } from "../../clock.ts";
import { codeOf } from "../../errors/index.ts";
import { after } from "../../maybe-promise.ts";
import type { Turn } from "../../session/index.ts";
import type { MemoryContext, Profile } from "../../user/index.ts";
import { composeContext, DEFAULT_CONTEXT_CHAR_CAP } from "../composer/compose-context.ts";
import { deduplicate } from "../composer/deduplicate.ts";
import { profileOrNull, profileText } from "../composer/profile-text.ts";
import { LaneRun } from "../lane-run.ts";
import { memoryEntry } from "../lanes/permanent-lane.ts";
import { turnEntry } from "../lanes/working-lane.ts";
import { checkedScope, checkedTimeout, wholeNumber } from "../recall-request.ts";
import { checkBriefOptions } from "../recall-shape.ts";
import type { RecallSources } from "../recall-sources.ts";
import type { Brief, BriefOptions, RecallEntry } from "../recall-types.ts";
import type { ShownRecalls } from "../shown-recalls.ts";
import { waitFor } from "../wait.ts";

const DEFAULT_MAX_TURNS = 8;
const DEFAULT_MAX_MEMORIES = 4;

interface UserPart {
  profile: Profile | null;
  memories: RecallEntry[];
}

/**
 * What an agent should know before the first word: the profile, the last turns of the session, the newest memories of
 * earlier ones. Nothing is searched. Rejects for a malformed call only; what is not there in time is left out.
 */
export async function brief(
  context: MemoryContext,
  sources: RecallSources,
  recalls: ShownRecalls,
  options: BriefOptions,
): Promise<Brief> {
  const { clock, limits, defaults, stats, logger } = context;
  checkBriefOptions(options);
  const scope = checkedScope(options, limits);
  const maxTurns = wholeNumber("maxTurns", options.maxTurns ?? DEFAULT_MAX_TURNS, 0);
  const maxMemories = wholeNumber("maxMemories", options.maxMemories ?? DEFAULT_MAX_MEMORIES, 0);
  const contextCharCap = wholeNumber("contextCharCap", options.contextCharCap ?? DEFAULT_CONTEXT_CHAR_CAP, 1);
  const ms = checkedTimeout(options.timeoutMs ?? defaults.timeoutMs);

  const user = new LaneRun<UserPart>();
  const session = new LaneRun<readonly Turn[]>();
  await allOf(clock, ms, [
    (done) =>
      user.start(
        () =>
          after(sources.user(scope.user), (held) => {
            const { memory } = held;
            const records = memory.newest(maxMemories, clock.now());
            const memories = records.map((record) => memoryEntry(record, 1, scope));
            const profile = profileOrNull(memory.profile.current);
            held.release();
            return { value: { profile, memories }, found: true };
          }),
        () => 0,
        done,
      ),
    (done) =>
      session.start(
        () =>
          after(
            scope.session === undefined ? undefined : sources.session({ user: scope.user, session: scope.session }),
            (open) => ({
              value: maxTurns === 0 ? [] : (open?.turns ?? []).slice(-maxTurns),
              found: true,
            }),
          ),
        () => 0,
        done,
      ),
  ]);

  for (const part of [user, session]) {
    if (part.status === "pending") stats.lateLanes++;
    if (part.status !== "failed") continue;
    stats.failedRecalls++;
    logger.warn("a part of a brief failed", { error: codeOf(part.error) });
  }
  const { profile, memories } = user.value ?? { profile: null, memories: [] };
  const turns = session.value ?? [];
  const seen = new Set<string>();
  const working = deduplicate(turns.map((turn) => turnEntry(turn, 1, scope)).reverse(), seen, turns.length);
  const permanent = deduplicate(memories, seen, maxMemories);
  const shown = profile === null ? {} : { profile: { userId: scope.userId, text: profileText(profile) } };
  const { contextText } = composeContext({ ...shown, working, permanent, org: [] }, { contextCharCap });
  if (scope.session !== undefined) recalls.remember(scope.session, { profile, permanent, org: [] });
  return { contextText, profile, turns, permanent };
}

/** Starts all parts and waits for them or the time. */
async function allOf(clock: Clock, ms: number, parts: readonly ((done: () => void) => void)[]): Promise<void> {
  let pending = parts.length + 1;
  let settled = () => {};
  const done = () => {
    if (--pending === 0) settled();
  };
  for (const part of parts) part(done);
  done();
  if (pending === 0) return;
  await waitFor({
    clock,
    ms,
    onSettled: (callback) => {
      settled = callback;
    },
  });
}
