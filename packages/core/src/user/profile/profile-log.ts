import type { JsonValue } from "../../engine/index.ts";
import { newId, RecordLog } from "../../engine/index.ts";
import { type AppendOptions, profileKey } from "../../storage/index.ts";
import type { MemoryContext } from "../memory-context.ts";
import type { Profile, ProfileData, ProfilePatch, ProfileVersion, Provenance } from "../memory-types.ts";
import { openUserLog } from "../open-user-log.ts";
import { derivedSummary } from "./derived-summary.ts";
import { mergePatch } from "./merge-patch.ts";
import { validateProfilePatch } from "./validate-profile-patch.ts";

interface Folded {
  records: readonly unknown[];
  count: number;
  summary: string | undefined;
  history: ProfileVersion[];
}

/**
 * A user's profile: the fold of a log of patches. A version is the version of a patch's batch in the log, so it only
 * grows, also when an earlier patch is forgotten and the profile is folded anew without it.
 */
export class ProfileLog {
  readonly #context: MemoryContext;
  #log!: RecordLog<JsonValue>;
  /** What was folded of which records. */
  #folded: Folded = { records: [], count: 0, summary: undefined, history: [] };
  #current: Profile = emptyProfile(0);

  private constructor(context: MemoryContext) {
    this.#context = context;
  }

  static async open(context: MemoryContext, userId: string): Promise<ProfileLog> {
    const { project, clock, logger } = context;
    const profile = new ProfileLog(context);
    const log = await openUserLog(context, userId, profileKey(project, userId));
    profile.#log = await RecordLog.open({ log, clock, logger });
    return profile;
  }

  /** The profile as of the last refresh, without waiting; version 0 for a user without one. */
  get current(): Profile {
    this.#fold();
    return this.#current;
  }
  /** Every version that is left, oldest first. */
  get history(): readonly ProfileVersion[] {
    this.#fold();
    return this.#folded.history;
  }

  refresh(): Promise<void> {
    return this.#log.refresh();
  }

  /** Appends a patch. With an idempotency key that was seen before nothing changes. */
  async update(patch: ProfilePatch, options: Pick<AppendOptions, "idempotencyKey" | "onlyIf"> = {}): Promise<Profile> {
    const checked = validateProfilePatch(patch, this.#context.limits);
    await this.#log.append([{ id: newId(), value: checked as unknown as JsonValue }], options);
    return this.current;
  }

  /** Takes back, for good, the patches of which `isGone` holds for some provenance. Answers how many. */
  async forget(isGone: (provenance: Provenance) => boolean): Promise<number> {
    await this.refresh();
    const gone = this.#log.records.filter(
      ({ value }) => (value as unknown as ProfilePatch).provenance?.some(isGone) === true,
    );
    if (gone.length === 0) return 0;
    return this.#log.erase(gone.map(({ id }) => id));
  }

  flush(): Promise<void> {
    return this.#log.flush();
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  /** Folds in what is new; all of it anew when something was taken out. */
  #fold(): void {
    const { records, version } = this.#log;
    if (records !== this.#folded.records) this.#folded = { records, count: 0, summary: undefined, history: [] };
    const { history } = this.#folded;
    for (; this.#folded.count < records.length; this.#folded.count++) {
      const record = records[this.#folded.count];
      if (record === undefined) break;
      const patch = record.value as unknown as ProfilePatch;
      const before = history.at(-1)?.data ?? {};
      const data = patch.data === undefined ? before : (mergePatch(before, patch.data) as ProfileData);
      if (patch.summary !== undefined) this.#folded.summary = patch.summary ?? undefined;
      const summary = this.#folded.summary ?? derivedSummary(data);
      history.push({ data, summary, version: record.version, updatedAt: record.at, patch });
    }
    const newest = history.at(-1);
    this.#current =
      newest === undefined
        ? emptyProfile(version)
        : { data: newest.data, summary: newest.summary, version, updatedAt: newest.updatedAt };
  }
}

function emptyProfile(version: number): Profile {
  return { data: {}, summary: "", version, updatedAt: 0 };
}
