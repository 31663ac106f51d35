import { newId } from "../engine/index.ts";
import { isTimeZone, type Lane, type Profile } from "../user/index.ts";
import { composeContext } from "./composer/compose-context.ts";
import { deduplicate } from "./composer/deduplicate.ts";
import { profileText } from "./composer/profile-text.ts";
import { groupSame, orderValues } from "./lanes/same-subject.ts";
import type { EntryLane } from "./recall-defaults.ts";
import type { RecallRequest } from "./recall-request.ts";
import type { RecallRun } from "./recall-run.ts";
import type { LaneTrace, Recall, RecallEntry } from "./recall-types.ts";

/** What a run has found so far, as the answer to `request`; lanes that are under way are given up with `givenUp`. */
export function answerOf(run: RecallRun, request: RecallRequest, givenUp: "late" | "aborted", tookMs: number): Recall {
  const seen = new Set<string>();
  const hits = (lane: EntryLane): RecallEntry[] => deduplicate(run[lane].value ?? [], seen, request.topK[lane]);
  const profile = run.profile.value ?? null;
  const working = hits("working");
  const remembered = orderValues(
    groupSame(deduplicate(run.permanent.value ?? [], seen, Number.POSITIVE_INFINITY)),
  ).slice(0, request.topK.permanent);
  const org = hits("org");
  const shown = profile === null ? {} : { profile: { userId: request.userId, text: profileText(profile) } };
  const composed = composeContext(
    { ...shown, working, permanent: remembered, org },
    { ...request, timeZone: request.timeZone ?? timeZoneOf(profile) },
  );
  const { contextText, sources } = composed;
  const permanent = request.permanentFits ? remembered.filter((entry) => composed.shown.has(entry)) : remembered;
  const elapsedMs = run.elapsedMs();
  const trace = (lane: Lane, count: number) => run[lane].trace(givenUp, count, elapsedMs);
  const lanes: Record<Lane, LaneTrace> = {
    profile: trace("profile", profile === null ? 0 : 1),
    working: trace("working", working.length),
    permanent: trace("permanent", permanent.length),
    org: trace("org", org.length),
  };
  return {
    contextText,
    profile,
    working,
    permanent,
    org,
    sources,
    trace: {
      id: newId(),
      query: request.query,
      ...(request.cutFrom === undefined ? {} : { queryCutFrom: request.cutFrom }),
      degraded: Object.values(lanes).some(
        ({ status }) => status === "late" || status === "failed" || status === "aborted",
      ),
      lanes,
      embedMs: run.query.embedMs,
      tookMs,
      timeoutMs: request.timeoutMs,
    },
  };
}

/** The answer to a call whose signal had fired, or whose time was over, before it began. */
export function unansweredRecall(request: RecallRequest, status: "aborted" | "overloaded"): Recall {
  const lane = (name: Lane): LaneTrace => ({ status: isAsked(request, name) ? status : "skipped", ms: 0, hits: 0 });
  return {
    contextText: "",
    profile: null,
    working: [],
    permanent: [],
    org: [],
    sources: [],
    trace: {
      id: newId(),
      query: request.query,
      ...(request.cutFrom === undefined ? {} : { queryCutFrom: request.cutFrom }),
      degraded: true,
      lanes: { profile: lane("profile"), working: lane("working"), permanent: lane("permanent"), org: lane("org") },
      embedMs: 0,
      tookMs: 0,
      timeoutMs: request.timeoutMs,
    },
  };
}

function isAsked({ lanes, session }: RecallRequest, lane: Lane): boolean {
  return lanes.has(lane) && (lane !== "working" || session !== undefined);
}

/** The time zone that is kept with the user. */
export function timeZoneOf(profile: Profile | null): string | undefined {
  const timeZone = profile?.data.timeZone;
  return isTimeZone(timeZone) ? timeZone : undefined;
}
