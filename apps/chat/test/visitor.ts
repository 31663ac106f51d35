import { DefaultChatTransport, generateId, readUIMessageStream, type UIMessage } from "ai";
import type { ConversationSummary, DocumentSummary, MemoryOverview, UploadEvent } from "../src/shared/api.ts";
import type { TestServer } from "./chat-server.ts";

/** A browser of a user: it keeps its cookie and speaks to the server as the page does. */
export class Visitor {
  readonly #server: TestServer;
  cookie = "";

  private constructor(server: TestServer) {
    this.#server = server;
  }

  static async arrive(server: TestServer): Promise<Visitor> {
    const visitor = new Visitor(server);
    const response = await visitor.fetch("/api/me");
    visitor.cookie = (response.headers.get("set-cookie") ?? "").split(";")[0] as string;
    return visitor;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookie !== "") headers.set("cookie", this.cookie);
    // As browsers do it.
    if (init.method !== undefined && !headers.has("origin")) headers.set("origin", this.#server.url);
    return fetch(new URL(path, this.#server.url), { ...init, headers });
  }

  json(method: string, path: string, body: unknown): Promise<Response> {
    return this.fetch(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  }

  /** Asks in a conversation, by the SDK's own client, and answers the message that came. */
  async ask(conversationId: string, text: string, signal?: AbortSignal): Promise<UIMessage> {
    const transport = new DefaultChatTransport({
      api: "/api/chat",
      fetch: (input, init) => this.fetch(String(input), init as RequestInit),
      prepareSendMessagesRequest: ({ id, messages }) => ({ body: { id, message: messages.at(-1) } }),
    });
    const question: UIMessage = { id: generateId(), role: "user", parts: [{ type: "text", text }] };
    const stream = await transport.sendMessages({
      trigger: "submit-message",
      chatId: conversationId,
      messageId: undefined,
      messages: [question],
      abortSignal: signal,
    });
    let answer: UIMessage | undefined;
    for await (const message of readUIMessageStream({ stream, terminateOnError: true })) answer = message;
    if (answer === undefined) throw new Error("No answer came.");
    return answer;
  }

  async upload(name: string, content: string | Uint8Array): Promise<UploadEvent[]> {
    const response = await this.fetch(`/api/documents?name=${encodeURIComponent(name)}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: content as BodyInit,
    });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const lines = (await response.text()).trim().split("\n");
    return lines.map((line) => JSON.parse(line) as UploadEvent);
  }

  documents(): Promise<DocumentSummary[]> {
    return this.#get("/api/documents");
  }

  memory(): Promise<MemoryOverview> {
    return this.#get("/api/memory");
  }

  conversations(): Promise<ConversationSummary[]> {
    return this.#get("/api/conversations");
  }

  messages(conversationId: string): Promise<UIMessage[]> {
    return this.#get(`/api/conversations/${conversationId}/messages`);
  }

  async #get<T>(path: string): Promise<T> {
    const response = await this.fetch(path);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}

export function textOf({ parts }: UIMessage): string {
  return parts.flatMap((part) => (part.type === "text" ? part.text : [])).join("");
}

export function sourcesOf({ parts }: UIMessage): { lane: string; id: string; title: string }[] {
  return parts.flatMap((part) => {
    if (part.type !== "source-document") return [];
    const { lane, id } = part.providerMetadata?.sotto ?? {};
    return { lane: String(lane), id: String(id), title: part.title };
  });
}

export const HANDBOOK = `# Larkfield handbook

## Returns

A router can be returned within 30 days of its delivery. The receipt is needed.

## Opening hours

The shop in Bergen is open from nine to five, Monday to Friday.

## Warranty

Every device carries a warranty of two years against defects.
`;
