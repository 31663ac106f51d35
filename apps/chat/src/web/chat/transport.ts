import { DefaultChatTransport } from "ai";

/** Sends the newest question only: what was said before is the server's to know. */
export const transport = new DefaultChatTransport({
  api: "/api/chat",
  prepareSendMessagesRequest: ({ id, messages }) => ({ body: { id, message: messages.at(-1) } }),
});
