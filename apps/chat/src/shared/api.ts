// What the server sends and the page reads.

/** `GET /api/me`: begins a visit; who has no cookie yet gets one. */
export interface Me {
  /** Name of the model, as shown. */
  model: string;
  /** True when the stand-in answers, which understands nothing. */
  offline: boolean;
  /** With the dot, for the file chooser. */
  extensions: readonly string[];
  maxUploadBytes: number;
}

export interface ConversationSummary {
  id: string;
  /** The beginning of the first question. */
  title: string;
  /** Milliseconds since the epoch. */
  updatedAt: number;
}

export interface DocumentSummary {
  /** File name, unique for its user. */
  name: string;
  title: string;
  /** markdown, text, html, pdf, csv, json or jsonl. */
  type: string;
  /** Passages that can be found and cited. */
  passages: number;
}

/** One line (JSON) of the answer to an upload. */
export type UploadEvent =
  | { phase: "read" }
  | { phase: "index"; done: number; total: number }
  | { phase: "done"; document: DocumentSummary }
  | { phase: "failed"; message: string };

export interface MemoryItem {
  id: string;
  text: string;
  kind: "turn" | "fact" | "episode";
  /** When it was said or noted, milliseconds since the epoch. */
  at: number;
  /** The conversation that it comes from, if it still exists under this id. */
  conversationId?: string;
}

export interface MemoryOverview {
  profile: Readonly<Record<string, string>>;
  /** Newest first. */
  memories: MemoryItem[];
}

/** What a citation opens. */
export interface Passage {
  title: string;
  text: string;
  /** What stands right before and after it in its document. */
  before?: string;
  after?: string;
  /** File name and place in it, or when it was said. */
  origin: string;
  /** For what was said: the conversation. */
  conversationId?: string;
}

/** What a source of an answer names; all else about it is looked up by the server. */
export interface PassageRef {
  lane: "org" | "permanent";
  id: string;
}
