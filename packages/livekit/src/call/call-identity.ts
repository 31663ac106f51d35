import { randomUUID } from "node:crypto";
import { getJobContext, type voice } from "@livekit/agents";
import type { UserRef } from "@sotto/core";
import { userIdOf } from "@sotto/core/adapter";
import type { ResolvedMemory } from "../memory-options.ts";
import type { CallScope } from "../recall/search-for-call.ts";
import { errorText, guardedLog } from "../telemetry/guarded-log.ts";
import { type CallParticipant, type CallRoom, callersIn, kindOf, nextCaller } from "./call-room.ts";
import { CALLER, callerOf, LOCAL_USER } from "./caller-of.ts";

/** A value, at once when it is known. */
export type Maybe<T> = T | Promise<T>;

/** Who calls, and what the call is named. Answers at once whatever is known already. */
export class CallIdentity {
  readonly #memory: ResolvedMemory;
  readonly #session: voice.AgentSession | undefined;
  readonly #jobRoom: CallRoom | undefined;
  readonly #jobSid: string | undefined;
  #id: Maybe<string> | undefined;
  #owner: UserRef | undefined;
  readonly #passing = new Set<string>();
  readonly #users = new Map<string, Maybe<UserRef | undefined>>();
  #waiting: Promise<UserRef | undefined> | undefined;
  #warned = false;
  readonly #isConsole: boolean;
  readonly #over = Promise.withResolvers<void>();

  constructor(memory: ResolvedMemory, session: voice.AgentSession | undefined) {
    const job = getJobContext(false);
    this.#memory = memory;
    this.#session = session;
    this.#jobRoom = job?.room;
    this.#jobSid = job?.job.room?.sid || job?.job.room?.name;
    this.#isConsole = job?.isFakeJob === true;
  }

  /** Id of the call. */
  id(): Maybe<string> {
    this.#id ??= attempt(
      () => this.#findId(),
      (id) => {
        this.#id = id;
      },
      (error) => {
        guardedLog("error", "the id of the call could not be found: it gets a new one", { error: errorText(error) });
        this.#id = newId();
        return this.#id;
      },
    );
    return this.#id;
  }

  /** The first user of the call who is known: the session is theirs. */
  owner(): Maybe<UserRef | undefined> {
    if (this.#owner !== undefined) return this.#owner;
    return after(this.speaker(), (speaker) => {
      this.#owner ??= speaker;
      return this.#owner;
    });
  }

  /** Who speaks now: the participant that the session listens to. */
  speaker(): Maybe<UserRef | undefined> {
    if (this.#memory.user !== undefined) return this.#memory.user;
    const room = this.#room;
    const linked = this.#session?._roomIO?.linkedParticipant;
    if (linked !== undefined) return this.#userOf(linked);
    const callers = room === undefined ? [] : callersIn(room);
    if (callers.length > 0) return this.#firstUserOf(callers);
    // The console's room is never joined: the developer speaks.
    if (this.#isConsole && this.#memory.room === undefined) return LOCAL_USER;
    if (room === undefined) return this.#nobody();
    this.#waiting ??= nextCaller(room, this.#over.promise).then((caller) => {
      this.#waiting = undefined;
      return caller === undefined ? undefined : this.#userOf(caller);
    });
    return this.#waiting;
  }

  /** All of it; undefined when nobody knows who calls. */
  scope(): Maybe<CallScope | undefined> {
    return after(this.speaker(), (speaker) =>
      after(this.owner(), (owner) =>
        after(this.id(), (session) =>
          speaker === undefined || owner === undefined ? undefined : { speaker, owner, session },
        ),
      ),
    );
  }

  /** The session is over: who did not come until now will not. */
  giveUp(): void {
    this.#over.resolve();
  }

  /** Whether what is said may outlive the call. */
  isRemembered(user: UserRef): boolean {
    return !this.#passing.has(userIdOf(user));
  }

  /** The first who has memory: a supervisor may be in the room before the caller. */
  #firstUserOf([participant, ...others]: readonly CallParticipant[]): Maybe<UserRef | undefined> {
    if (participant === undefined) return undefined;
    return after(this.#userOf(participant), (user) => user ?? this.#firstUserOf(others));
  }

  get #room(): CallRoom | undefined {
    return this.#memory.room ?? this.#session?._roomIO?.rtcRoom ?? this.#jobRoom;
  }

  async #findIdOfRoom(room: CallRoom): Promise<string> {
    return (await room.getSid?.()) || room.name || newId();
  }

  #findId(): Maybe<string> {
    const { session, room } = this.#memory;
    if (typeof session === "string") return session;
    if (session !== undefined) return session();
    // Its room has the same name at every start.
    if (this.#isConsole && room === undefined) return newId();
    if (room === undefined && this.#jobSid !== undefined) return this.#jobSid;
    return this.#room === undefined ? newId() : this.#findIdOfRoom(this.#room);
  }

  /** A failure counts for now only: the next turn asks again. */
  #userOf(participant: CallParticipant): Maybe<UserRef | undefined> {
    const { identity } = participant;
    if (this.#users.has(identity)) return this.#users.get(identity);
    const { identify } = this.#memory;
    const known = attempt(
      () => (identify === undefined ? this.#byItself(participant) : identify(withKind(participant))),
      (user) => void this.#users.set(identity, user),
      (error) => {
        this.#users.delete(identity);
        guardedLog("error", "identify failed: no memory for this participant now", { error: errorText(error) });
        return undefined;
      },
    );
    if (known instanceof Promise) this.#users.set(identity, known);
    return known;
  }

  /** Callers without an identity of their own are strangers, each of them: they have memory for this call. */
  #byItself(participant: CallParticipant): UserRef {
    const caller = callerOf(participant);
    if (caller !== undefined) return caller;
    const stranger = newId();
    this.#passing.add(stranger);
    return { id: stranger, name: CALLER };
  }

  #nobody(): undefined {
    if (!this.#warned) guardedLog("error", "no memory: there is no room to take the user from. Set `user`, or `room`");
    this.#warned = true;
  }
}

function withKind(participant: CallParticipant): CallParticipant {
  const { identity, name, metadata, attributes, info } = participant;
  const known = { name, metadata, attributes, info };
  const set = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  return { identity, kind: kindOf(participant), ...set };
}

function newId(): string {
  return `call-${randomUUID()}`;
}

/** Calls `known` with the value once it is there, or answers what `failed` makes of the error; never throws or rejects. */
function attempt<T>(find: () => Maybe<T>, known: (value: T) => void, failed: (error: unknown) => T): Maybe<T> {
  const done = (value: T) => {
    known(value);
    return value;
  };
  try {
    const value = find();
    return value instanceof Promise ? value.then(done, failed) : done(value);
  } catch (error) {
    return failed(error);
  }
}

/** `then` that is synchronous for a value. */
export function after<T, R>(value: Maybe<T>, next: (value: T) => Maybe<R>): Maybe<R> {
  return value instanceof Promise ? value.then(next) : next(value);
}
