import type { JsonValue } from "../engine/index.ts";

/** A user by id, or with what is known about them. The id is what owns a profile and permanent memory. */
export type UserRef =
  | string
  | {
      id: string;
      name?: string;
      /** Anything the application knows of the user. */
      metadata?: { readonly [key: string]: JsonValue };
      /** In which the user reads moments and days, for example `Europe/Berlin`. Default: the process's. */
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
