import type { Document, Metadata } from "@sotto/core";
import { defaultLimits } from "@sotto/core";
import type { LoadedPart } from "../formats/loader.ts";
import type { LoadLimits } from "../limits.ts";
import { overLimit } from "../load-error.ts";
import { INVISIBLE } from "../report/words.ts";
import type { SourceType } from "../source-type.ts";
import { cleanMetadata } from "./clean-metadata.ts";
import { splitLongText } from "./split-long-text.ts";

export interface DocumentSettings {
  /** The file's name in the index. */
  source: string;
  type: SourceType;
  contentHash: string;
  /** Put on every document, over what the file says. */
  metadata: Metadata;
  limits: LoadLimits;
}

/**
 * The parts of a file as documents, titled as they say, or by the file's name when it is one document. Ids are the file's name in the index, with `:<row, id or page>` behind it for a file
 * of several documents. Metadata: what the file says, then `source`, `type`, `contentHash`, `parts` (how many
 * documents the file has, when there are several), and for a row with an id of its own `place`.
 */
export function toDocuments(loaded: readonly LoadedPart[], settings: DocumentSettings): Document[] {
  const { source, limits } = settings;
  const clean = loaded.map((part) => withMetadata(part));
  const parts = clean.flatMap((each) => splitLongText(each.part).map((part) => ({ part, metadata: each.metadata })));
  const kept = parts.filter(({ part }) => part.text.trim() !== "");
  if (kept.length > limits.documents)
    throw overLimit("documents", limits.documents, kept.length, "documents of the file");
  return kept.map(({ part, metadata }): Document => {
    const id = idOf(source, part.key);
    const row = metadata.row;
    const place = typeof row === "number" ? `${source}:${row}` : undefined;
    return {
      id,
      text: part.text,
      ...titled(part.title ?? (kept.length === 1 ? nameOf(source) : undefined)),
      metadata: {
        ...metadata,
        ...settings.metadata,
        source,
        type: settings.type,
        contentHash: settings.contentHash,
        ...(kept.length > 1 ? { parts: kept.length } : {}),
        ...(place === undefined || place === id ? {} : { place }),
      },
    };
  });
}

/** A document's title as the engine takes it; nothing where there is none. */
function titled(title: string | undefined): { title?: string } {
  const plain = title
    ?.replace(INVISIBLE, "")
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, " ")
    .trim()
    .slice(0, defaultLimits.titleChars)
    .trim();
  return plain === undefined || plain === "" ? {} : { title: plain };
}

/** A file that is one document is called as it is named, when it does not say better. */
function nameOf(source: string): string {
  const name = source.slice(source.lastIndexOf("/") + 1);
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}

/** What metadata has no room for goes to the end of the text, so that nothing is lost. */
function withMetadata(part: LoadedPart): { part: LoadedPart; metadata: Metadata } {
  const text = part.text.replace(INVISIBLE, "");
  const { metadata, dropped } = cleanMetadata(part.metadata ?? {});
  const lines = dropped
    .filter(({ name }) => part.written?.has(name) !== true)
    .map(({ name, text: value }) => `${name}: ${value}`);
  const whole = lines.length === 0 ? text : `${text}\n\n${lines.join("\n")}`;
  return { part: { ...part, text: text.trim() === "" ? text : whole }, metadata };
}

function idOf(source: string, key: string | undefined): string {
  if (key === undefined) return source;
  const id = `${source}:${key.replace(/[\p{Cc}\p{Cs}]/gu, " ")}`;
  const { documentIdChars } = defaultLimits;
  if (id.length <= documentIdChars) return id;
  return `${id.slice(0, documentIdChars - 9)}~${shortHash(id)}`;
}

/** FNV-1a, to tell two long ids with one beginning apart. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
