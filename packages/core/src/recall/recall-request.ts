import { compileFilter, describeValue, type FilterPlan, validateName } from "../engine/index.ts";
import { InvalidArgumentError, LimitExceededError, QueryInvalidError } from "../errors/index.ts";
import type { Limits } from "../limits.ts";
import { LANES, type Lane, type Scope, type UserRef } from "../user/index.ts";
import { DEFAULT_CONTEXT_CHAR_CAP, DEFAULT_PER_LANE_CHAR_CAP } from "./composer/compose-context.ts";
import { DEFAULT_TOP_K, type EntryLane } from "./recall-defaults.ts";
import type { RecallOptions } from "./recall-types.ts";

/** A call of searchMemory that has been checked, with every default filled in. */
export interface RecallRequest {
  query: string;
  user: UserRef;
  userId: string;
  /** As shown; the id when no name is known. */
  userName: string;
  session: string | undefined;
  lanes: ReadonlySet<Lane>;
  topK: Readonly<Record<EntryLane, number>>;
  /** The permanent lane holds what its budget of characters shows: its topK was not named. */
  permanentFits: boolean;
  intent: string;
  filter: FilterPlan | undefined;
  /** Undefined: what suits the number of documents. */
  minScore: number | undefined;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  orgIndexes: readonly string[] | undefined;
  /** Undefined: the moment of the search. */
  asOf: number | undefined;
  excludeTurnIds: readonly string[];
  excludeLastTurns: number;
  contextCharCap: number;
  perLaneCharCap: number;
}

export interface RecallDefaults {
  minScore: number | undefined;
  timeoutMs: number;
}

const ENTRY_LANES = Object.keys(DEFAULT_TOP_K) as EntryLane[];

/** Throws `query.invalid`, `argument.invalid`, `filter.invalid` or `limit.exceeded` for a call that makes no sense. */
export function recallRequest(
  query: unknown,
  options: RecallOptions,
  limits: Limits,
  defaults: RecallDefaults,
): RecallRequest {
  return {
    query: checkedQuery(query, limits),
    ...checkedScope(options, limits),
    lanes: checkedLanes(options.lanes),
    topK: checkedTopK(options.topK, limits),
    permanentFits: typeof options.topK !== "number" && options.topK?.permanent === undefined,
    intent: checkedIntent(options.intent, limits),
    filter: options.filter === undefined ? undefined : compileFilter(options.filter, limits),
    minScore: checkedMinScore(options.minScore ?? defaults.minScore),
    timeoutMs: checkedTimeout(options.timeoutMs ?? defaults.timeoutMs),
    signal: options.signal,
    orgIndexes: checkedIndexes(options.orgIndexes, limits),
    asOf: options.asOf === undefined ? undefined : inRange("asOf", options.asOf, -8.64e15, 8.64e15),
    excludeTurnIds: strings("excludeTurnIds", options.excludeTurnIds ?? []),
    excludeLastTurns: wholeNumber("excludeLastTurns", options.excludeLastTurns ?? 0, 0),
    contextCharCap: wholeNumber("contextCharCap", options.contextCharCap ?? DEFAULT_CONTEXT_CHAR_CAP, 1),
    perLaneCharCap: wholeNumber("perLaneCharCap", options.perLaneCharCap ?? DEFAULT_PER_LANE_CHAR_CAP, 1),
  };
}

function checkedMinScore(minScore: number | undefined): number | undefined {
  return minScore === undefined ? undefined : inRange("minScore", minScore, 0, 1);
}

/** Whose memory; throws when a user is not named. */
export function checkedScope(
  scope: Scope,
  limits: Limits,
): Pick<RecallRequest, "user" | "userId" | "userName" | "session"> {
  if (typeof scope !== "object" || scope === null)
    throw new InvalidArgumentError("options", `they must be an object with a user, not ${describeValue(scope)}`);
  const { user, session } = scope;
  const isObject = typeof user === "object" && user !== null;
  const userId: unknown = isObject ? user.id : user;
  validateName("user id", userId, limits);
  if (session !== undefined) validateName("session id", session, limits);
  const name = isObject && typeof user.name === "string" && user.name.trim() !== "" ? user.name : userId;
  return { user, userId, userName: name, session };
}

export function checkedTimeout(timeoutMs: unknown): number {
  if (typeof timeoutMs === "number" && timeoutMs > 0 && timeoutMs < Number.POSITIVE_INFINITY) return timeoutMs;
  throw new InvalidArgumentError("timeoutMs", `it is ${describeValue(timeoutMs)}; it must be a number above 0`);
}

export function wholeNumber(name: string, value: unknown, least: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least) return value;
  throw new InvalidArgumentError(name, `it is ${describeValue(value)}; it must be a whole number from ${least}`);
}

function checkedQuery(query: unknown, limits: Limits): string {
  if (typeof query !== "string")
    throw new QueryInvalidError(`the text must be a string, not ${describeValue(query)}`, "query");
  if (query.trim() === "") throw new QueryInvalidError("the text is empty", "query");
  if (query.length > limits.queryChars)
    throw new LimitExceededError("queryChars", limits.queryChars, query.length, "Characters of the query");
  return query;
}

function checkedLanes(lanes: unknown): ReadonlySet<Lane> {
  if (lanes === undefined) return new Set(LANES);
  if (!Array.isArray(lanes) || lanes.length === 0)
    throw new InvalidArgumentError(
      "lanes",
      `they are ${describeValue(lanes)}; they must be some of ${LANES.join(", ")}`,
    );
  for (const lane of lanes as unknown[]) {
    if (!LANES.includes(lane as Lane))
      throw new InvalidArgumentError("lanes", `${JSON.stringify(lane)} is none of ${LANES.join(", ")}`);
  }
  return new Set(lanes as Lane[]);
}

function checkedTopK(topK: unknown, limits: Limits): Readonly<Record<EntryLane, number>> {
  if (topK === undefined) return DEFAULT_TOP_K;
  if (typeof topK !== "object" || topK === null) {
    const every = oneTopK("topK", topK, limits);
    return { working: every, permanent: every, org: every };
  }
  const checked = { ...DEFAULT_TOP_K };
  for (const [lane, value] of Object.entries(topK)) {
    if (!ENTRY_LANES.includes(lane as EntryLane))
      throw new InvalidArgumentError("topK", `${JSON.stringify(lane)} is none of ${ENTRY_LANES.join(", ")}`);
    if (value !== undefined) checked[lane as EntryLane] = oneTopK(`topK.${lane}`, value, limits);
  }
  return checked;
}

function oneTopK(name: string, value: unknown, limits: Limits): number {
  const topK = wholeNumber(name, value, 1);
  if (topK > limits.topK) throw new LimitExceededError("topK", limits.topK, topK, `Hits wanted (${name})`);
  return topK;
}

function checkedIntent(intent: unknown, limits: Limits): string {
  if (intent === undefined) return "";
  if (typeof intent !== "string")
    throw new InvalidArgumentError("intent", `it must be a string, not ${describeValue(intent)}`);
  if (intent.length > limits.queryChars)
    throw new LimitExceededError("queryChars", limits.queryChars, intent.length, "Characters of the intent");
  return intent;
}

function checkedIndexes(names: unknown, limits: Limits): readonly string[] | undefined {
  if (names === undefined) return undefined;
  const list = [...new Set(strings("orgIndexes", names))];
  if (list.length > limits.indexesPerQuery)
    throw new LimitExceededError("indexesPerQuery", limits.indexesPerQuery, list.length, "Indexes in one recall");
  for (const name of list) validateName("index name", name, limits);
  return list;
}

function strings(name: string, value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value as string[];
  throw new InvalidArgumentError(name, `it is ${describeValue(value)}; it must be an array of strings`);
}

function inRange(name: string, value: unknown, low: number, high: number): number {
  if (typeof value === "number" && value >= low && value <= high) return value;
  throw new InvalidArgumentError(name, `it is ${describeValue(value)}; it must be a number in [${low}, ${high}]`);
}
