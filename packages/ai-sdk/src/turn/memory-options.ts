import type { TurnOptions } from "@sotto/core/adapter";
import type { ConversationMessage } from "./conversation.ts";

/**
 * Where recalled text stands. `user`, the default: before the text of the user's question, as data, so that all before it
 * stays the same from turn to turn and providers can cache it. `system`: at the end of the instructions.
 */
export type Placement = "system" | "user";

/** What the middleware and the hooks of agents have in common. */
export interface MemoryOptions extends TurnOptions {
  /** Where recalled text is put. Default `user`. */
  placement?: Placement | undefined;
  /**
   * Whether a message of the role `user` is the user speaking: what is not is neither recorded nor searched for. Default:
   * unless its `providerOptions.sotto.isUserMessage` is false. What `prepareStep` adds to a turn that runs never is.
   */
  isUserMessage?: ((message: ConversationMessage) => boolean) | undefined;
}
