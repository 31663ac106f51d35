import { randomUUID } from "node:crypto";
import { getJobContext, type voice } from "@livekit/agents";
import type { UserRef } from "@sotto/core";
import type { ResolvedMemory } from "../memory-options.ts";
import type { CallScope } from "../recall/search-for-call.ts";
import { errorText, guardedLog } from "../telemetry/guarded-log.ts";
import { type CallParticipant, type CallRoom, callerIn, nextCaller } from "./call-room.ts";

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
  readonly #users = new Map<string, Maybe<UserRef | undefined>>();
  #waiting: Promise<UserRef | undefined> | undefined;
  #warned = false;

  constructor(memory: ResolvedMemory, session: voice.AgentSession | undefined) {
    const job = getJobContext(false);
    this.#memory = memory;
    this.#session = session;
    this.#jobRoom = job?.room;
    this.#jobSid = job?.job.room?.sid || job?.job.room?.name;
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
    const participant = this.#session?._roomIO?.linkedParticipant ?? (room === undefined ? undefined : callerIn(room));
    if (participant !== undefined) return this.#userOf(participant);
    if (room === undefined) return this.#nobody();
    this.#waiting ??= nextCaller(room).then((caller) => {
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
    if (room === undefined && this.#jobSid !== undefined) return this.#jobSid;
    return this.#room === undefined ? newId() : this.#findIdOfRoom(this.#room);
  }

  /** A failure counts for now only: the next turn asks again. */
  #userOf(participant: CallParticipant): Maybe<UserRef | undefined> {
    const { identity } = participant;
    if (this.#users.has(identity)) return this.#users.get(identity);
    const { identify = byIdentity } = this.#memory;
    const known = attempt(
      () => identify(participant),
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

  #nobody(): undefined {
    if (!this.#warned) guardedLog("error", "no memory: there is no room to take the user from. Set `user`, or `room`");
    this.#warned = true;
  }
}

function byIdentity({ identity, name }: CallParticipant): UserRef {
  return name ? { id: identity, name } : identity;
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
