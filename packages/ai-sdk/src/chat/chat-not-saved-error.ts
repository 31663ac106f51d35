import { SottoError } from "@sotto/core";

/** Messages of a chat could not be stored; storage said why in the log of `createSotto`. */
export class ChatNotSavedError extends SottoError {
  static override readonly code = "ai_sdk.chat_not_saved";
  readonly session: string;
  readonly messageIds: readonly string[];

  constructor(session: string, messageIds: readonly string[]) {
    super(
      "ai_sdk.chat_not_saved",
      `${messageIds.length} messages of the chat ${JSON.stringify(session)} could not be stored.`,
      {
        session,
        messageIds,
      },
    );
    this.session = session;
    this.messageIds = messageIds;
  }
}
