import { SottoError } from "../errors/index.ts";
import { checkOptions, flag, number, type OptionShape, whole } from "../options.ts";
import type { MemoryInput, MemoryRecord, Profile, ProfilePatch, ProfileVersion } from "./memory-types.ts";
import type { UserPool } from "./pool/user-pool.ts";
import type { UserRef } from "./scope.ts";

/** Permanent memory and profile of a user. */
export interface Users {
  remember(user: UserRef, memory: MemoryInput | string): Promise<MemoryRecord>;
  supersede(user: UserRef, oldId: string, newFact: MemoryInput | string): Promise<MemoryRecord>;
  memories(user: UserRef, options?: MemoriesOptions): Promise<MemoryRecord[]>;
  profile(user: UserRef): Promise<Profile>;
  updateProfile(user: UserRef, patch: ProfilePatch): Promise<Profile>;
  profileHistory(user: UserRef): Promise<ProfileVersion[]>;
}

/** What `memories` can be asked for. */
export interface MemoriesOptions {
  /** What was true at this moment, milliseconds since the epoch. Default: now. */
  asOf?: number;
  /** Also what has been superseded. Default false. */
  includeSuperseded?: boolean;
  /** Newest first, so many at most. Default: all. */
  limit?: number;
}

const memoriesShape: OptionShape<MemoriesOptions> = {
  asOf: number(-8.64e15, 8.64e15),
  includeSuperseded: flag,
  limit: whole(0),
};

/** The methods of `Users` over the pool of open memories. `redacted`: what is kept of what an application hands in. */
export function userMethods(users: UserPool, redacted: <T>(value: T) => T = (value) => value): Users {
  return {
    remember: (user, memory) =>
      users.use(user, async (open) => {
        const [record] = await open.add([{ memory: redacted(memory) }]);
        if (record === undefined) throw new SottoError("memory.not_kept", "The memory was not kept.", {});
        return record;
      }),
    supersede: (user, oldId, newFact) => users.use(user, (memory) => memory.supersede(oldId, redacted(newFact))),
    async memories(user, options) {
      checkOptions("memories", options, memoriesShape);
      return users.use(user, async (memory) => {
        await memory.permanent.refresh();
        return memory.list(options);
      });
    },
    profile: (user) =>
      users.use(user, async ({ profile }) => {
        await profile.refresh();
        return profile.current;
      }),
    updateProfile: (user, patch) => users.use(user, ({ profile }) => profile.update(redacted(patch))),
    profileHistory: (user) =>
      users.use(user, async ({ profile }) => {
        await profile.refresh();
        return [...profile.history];
      }),
  };
}
