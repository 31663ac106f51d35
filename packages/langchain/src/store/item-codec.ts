import type { Item } from "@langchain/langgraph";
import type { Document, Filter, JsonValue, Metadata, StoredDocument } from "@sotto/core";

/** Labels of a namespace at most: each is a metadata field, of which a document has 64. */
export const MOST_LABELS = 48;
/** Stands for the text of an item that no search by meaning may find: an index takes no blank text. */
const NO_TEXT = "·";

export interface StoredItem {
  namespace: string[];
  key: string;
  value: Record<string, unknown>;
  /** Milliseconds since the epoch. */
  createdAt: number;
  updatedAt: number;
  ttlMs?: number;
  expiresAt?: number;
  /** What a search by meaning reads; empty for none. */
  text: string;
}

/** Unlike labels joined by a separator, two places never share an id. */
export function itemId(namespace: readonly string[], key: string): string {
  return JSON.stringify([namespace, key]);
}

export function encodeItem({ text, ...item }: StoredItem): Document {
  const id = itemId(item.namespace, item.key);
  const metadata: Record<string, Metadata[string]> = { id, indexed: text !== "" };
  for (const [i, label] of item.namespace.entries()) metadata[`label${i}`] = label;
  if (item.expiresAt !== undefined) metadata.expiresAt = item.expiresAt;
  return { id, text: text === "" ? NO_TEXT : text, metadata, payload: item as unknown as JsonValue };
}

export function decodeItem({ text, metadata, payload }: StoredDocument): StoredItem {
  // A copy, so that a caller who changes the value changes nothing here.
  const item: Omit<StoredItem, "text"> = JSON.parse(JSON.stringify(payload));
  return { ...item, text: metadata?.indexed === true ? text : "" };
}

export function toItem({ namespace, key, value, createdAt, updatedAt }: StoredItem): Item {
  return { namespace, key, value, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) };
}

/** Items at the namespace and below it, label by label. */
export function withinNamespace(prefix: readonly string[]): Filter {
  return Object.fromEntries(prefix.map((label, i) => [`label${i}`, label]));
}

export function notExpired(now: number): Filter {
  return { $not: { expiresAt: { $lte: now } } };
}
