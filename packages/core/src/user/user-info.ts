import { describeValue, isPlainObject } from "../engine/index.ts";
import { codeOf, InvalidArgumentError } from "../errors/index.ts";
import type { MemoryContext } from "./memory-context.ts";
import type { ProfileData } from "./memory-types.ts";
import type { UserPool } from "./pool/user-pool.ts";
import type { UserRef } from "./scope.ts";
import { isTimeZone, userIdOf } from "./user-id.ts";

/** Users whose last metadata is remembered, so that it is written only where it changed. */
const MOST_USERS = 10_000;

/** Keeps what a user reference says of its user, `metadata` and `timeZone`, in the profile: merged into what is there. */
export class UserInfo {
  readonly #context: MemoryContext;
  readonly #users: UserPool;
  #written = new Map<string, string>();

  constructor(context: MemoryContext, users: UserPool) {
    this.#context = context;
    this.#users = users;
  }

  /** Throws `argument.invalid` for what cannot be kept; what the store refuses is logged, since a call goes on. */
  async keep(user: UserRef): Promise<void> {
    if (typeof user !== "object" || user === null || (user.metadata === undefined && user.timeZone === undefined))
      return;
    const { metadata = {}, timeZone } = user;
    if (!isPlainObject(metadata)) throw new InvalidArgumentError("user.metadata", "it must be an object");
    if (timeZone !== undefined && !isTimeZone(timeZone))
      throw new InvalidArgumentError("user.timeZone", `${describeValue(timeZone)} is no time zone`);
    const data: ProfileData = { ...metadata, ...(timeZone === undefined ? {} : { timeZone }) };
    const userId = userIdOf(user, this.#context.limits);
    const written = JSON.stringify(data);
    if (this.#written.get(userId) === written) return;
    try {
      await this.#users.use(userId, async ({ profile }) => {
        await profile.refresh();
        const held = profile.current.data;
        const changed = Object.keys(data).filter((key) => JSON.stringify(held[key]) !== JSON.stringify(data[key]));
        if (changed.length > 0)
          await profile.update({ data: Object.fromEntries(changed.map((key) => [key, data[key] ?? null])) });
      });
      if (this.#written.size >= MOST_USERS) this.#written.clear();
      this.#written.set(userId, written);
    } catch (error) {
      this.#context.logger.warn("a user's metadata could not be kept", { error: codeOf(error) });
    }
  }

  /** A user that was forgotten is told of anew. */
  forget(userId: string): void {
    this.#written.delete(userId);
  }
}
