import type { JsonValue } from "../engine/index.ts";

/** A user by id, or with what is known about them. The id is what owns a profile and permanent memory. */
export type UserRef =
  | string
  | {
      id: string;
      name?: string;
      /** What the application knows of the user: kept in the profile, merged into what is there. */
      metadata?: { readonly [key: string]: JsonValue };
      /** In which the user reads moments and days, for example `Europe/Berlin`; kept in the profile. Default: the process's. */
      timeZone?: string;
    };

/** Whose memory a call reads and writes; fixed by the application, never by a model. */
export interface Scope {
  user: UserRef;
  /** Id of the call or conversation. */
  session?: string;
}

export type Lane = "profile" | "working" | "permanent" | "org";

/** In the order in which `contextText` shows them. */
export const LANES: readonly Lane[] = ["profile", "working", "permanent", "org"];
