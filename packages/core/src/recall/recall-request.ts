import { compileFilter, describeValue, type FilterPlan, validateName } from "../engine/index.ts";
import { InvalidArgumentError, LimitExceededError, QueryInvalidError } from "../errors/index.ts";
import type { Limits } from "../limits.ts";
import { isTimeZone, LANES, type Lane, type Scope, type UserRef } from "../user/index.ts";
import { DEFAULT_CONTEXT_CHAR_CAP, DEFAULT_PER_LANE_CHAR_CAP } from "./composer/compose-context.ts";
import { DEFAULT_TOP_K, type EntryLane } from "./recall-defaults.ts";
import { checkRecallOptions } from "./recall-shape.ts";
import type { RecallOptions } from "./recall-types.ts";
import type { TimeAsked } from "./time/time-asked.ts";

/** Of a query that is too long, so much is kept from its end, the rest from its beginning. */
const END_SHARE = 0.7;

/** A call of searchMemory that has been checked, with every default filled in. */
export interface RecallRequest {
  query: string;
  /** Characters of the query as it was given, where it was too long and is cut. */
  cutFrom: number | undefined;
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
  alpha: number | undefined;
  rerank: boolean;
  speaker: string | undefined;
  agents: ReadonlySet<string> | undefined;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  orgIndexes: readonly string[] | undefined;
  /** Undefined: the moment of the search. */
  asOf: number | undefined;
  /** The time that the query asks for. */
  time: TimeAsked | undefined;
  /** In which the user reads moments and days; the process's when undefined. */
  timeZone: string | undefined;
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
  checkRecallOptions(options);
  return {
    query: checkedQuery(query, limits),
    cutFrom: (query as string).length > limits.queryChars ? (query as string).length : undefined,
    ...checkedScope(options, limits),
    lanes: checkedLanes(options.lanes),
    topK: checkedTopK(options.topK, limits),
    permanentFits: typeof options.topK !== "number" && options.topK?.permanent === undefined,
    intent: checkedIntent(options.intent, limits),
    filter: options.filter === undefined ? undefined : compileFilter(options.filter, limits),
    minScore: checkedMinScore(options.minScore ?? defaults.minScore),
    alpha: options.alpha === undefined ? undefined : inRange("alpha", options.alpha, 0, 1),
    rerank: checkedFlag("rerank", options.rerank ?? true),
    speaker: options.speaker === undefined ? undefined : checkedText("speaker", options.speaker),
    agents: options.agents === undefined ? undefined : new Set(strings("agents", options.agents)),
    timeoutMs: checkedTimeout(options.timeoutMs ?? defaults.timeoutMs),
    signal: options.signal,
    orgIndexes: checkedIndexes(options.orgIndexes, limits),
    asOf: options.asOf === undefined ? undefined : inRange("asOf", options.asOf, -8.64e15, 8.64e15),
    time: undefined,
    timeZone: checkedTimeZone(options.user),
    excludeTurnIds: strings("excludeTurnIds", options.excludeTurnIds ?? []),
    excludeLastTurns: wholeNumber("excludeLastTurns", options.excludeLastTurns ?? 0, 0),
    contextCharCap: wholeNumber("contextCharCap", options.contextCharCap ?? DEFAULT_CONTEXT_CHAR_CAP, 1),
    perLaneCharCap: wholeNumber("perLaneCharCap", options.perLaneCharCap ?? DEFAULT_PER_LANE_CHAR_CAP, 1),
  };
}

function checkedFlag(name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw new InvalidArgumentError(name, `it is ${describeValue(value)}; it must be true or false`);
}

function checkedText(name: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new InvalidArgumentError(name, `it is ${describeValue(value)}; it must be a text`);
}

function checkedMinScore(minScore: number | undefined): number | undefined {
  return minScore === undefined ? undefined : inRange("minScore", minScore, 0, 1);
}

/** The time zone that the user reference gives; throws for one that there is not. */
function checkedTimeZone(user: UserRef): string | undefined {
  const timeZone = typeof user === "object" ? user.timeZone : undefined;
  if (timeZone === undefined) return undefined;
  if (!isTimeZone(timeZone))
    throw new InvalidArgumentError("user.timeZone", `${describeValue(timeZone)} is no time zone`);
  return timeZone;
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
  return cutQuery(query, limits.queryChars);
}

/** What is over the limit goes from the middle: people say at the end what they want, and at the beginning what it is about. */
function cutQuery(query: string, most: number): string {
  if (query.length <= most) return query;
  const end = Math.ceil((most - 1) * END_SHARE);
  const beginning = query.slice(0, most - 1 - end).replace(/\p{Surrogate}$/u, "");
  return `${beginning}\n${query.slice(-end).replace(/^\p{Surrogate}/u, "")}`;
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
