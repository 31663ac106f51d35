import type { JsonValue } from "../engine/index.ts";

/** A user by id, or with what is known about them. The id is what owns a profile and permanent memory. */
export type UserRef = string | { id: string; name?: string; metadata?: { readonly [key: string]: JsonValue } };

/** Whose memory a call reads and writes; fixed by the application, never by a model. */
export interface Scope {
  user: UserRef;
  /** Id of the call or conversation. */
  session?: string;
}

export type Lane = "profile" | "working" | "permanent" | "org";

/** In the order in which `contextText` shows them. */
export const LANES: readonly Lane[] = ["profile", "working", "permanent", "org"];
