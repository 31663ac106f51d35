import { countChars } from "../../report/words.ts";
import type { Source } from "../../source.ts";
import { htmlPart } from "../html/html.ts";
import { parseTree, textOf } from "../html/tree.ts";
import type { LoadedPart, Loader } from "../loader.ts";

export interface Attachment {
  name: string;
  bytes: Uint8Array;
}

/** A mail as EML and MSG give it. */
export interface Mail {
  subject?: string | undefined;
  from?: string | undefined;
  to: string[];
  cc: string[];
  /** ISO 8601. */
  date?: string | undefined;
  text?: string | undefined;
  html?: string | undefined;
  attachments: Attachment[];
}

/** Mails within mails. */
const DEEPEST = 4;

/**
 * The mail's text under who sent it to whom, and each attachment that a loader reads as documents of its own; the others
 * are named. Of a body in HTML and in plain text the fuller one is taken.
 */
export async function mailParts(
  mail: Mail,
  source: Source,
  loaderFor: (name: string, bytes: Uint8Array) => Loader | undefined,
  depth: number,
): Promise<LoadedPart[]> {
  const body = bodyOf(mail, source);
  const head = [
    ["From", mail.from ?? ""],
    ["To", mail.to.join(", ")],
    ["Cc", mail.cc.join(", ")],
    ["Date", mail.date ?? ""],
  ].filter(([, value]) => value !== "");
  for (const [, value = ""] of head) source.ledger.read(value, "head");
  if (mail.subject !== undefined) source.ledger.read(mail.subject, "subject");
  const metadata = Object.fromEntries(
    Object.entries({ from: mail.from, to: mail.to, cc: mail.cc, date: mail.date, subject: mail.subject }).filter(
      ([, value]) => value !== undefined && value.length > 0,
    ),
  );
  const said = [head.map(([name, value]) => `${name}: ${value}`).join("\n"), body]
    .filter((each) => each.trim() !== "")
    .join("\n\n");
  const text = said === "" ? (mail.subject ?? "") : said;
  const title = mail.subject === undefined || mail.subject === "" ? {} : { title: mail.subject };
  const parts: LoadedPart[] = text.trim() === "" ? [] : [{ text, metadata, ...title }];
  for (const [index, { name, bytes }] of mail.attachments.entries()) {
    source.checkTime();
    const called = name || `attachment ${index + 1}`;
    const loader = depth < DEEPEST ? loaderFor(called, bytes) : undefined;
    if (loader === undefined)
      source.ledger.leaveOut("embedded", called, "", `${bytes.length.toLocaleString("en-US")} bytes`);
    else parts.push(...(await attachmentParts(loader, called, bytes, source)));
  }
  return parts;
}

async function attachmentParts(loader: Loader, name: string, bytes: Uint8Array, source: Source): Promise<LoadedPart[]> {
  try {
    const parts = await loader.load(source.within(name, bytes));
    return parts.map((part) => ({
      ...part,
      key: part.key === undefined ? name : `${name}:${part.key}`,
      metadata: { ...part.metadata, attachment: name },
    }));
  } catch (error) {
    source.ledger.leaveOut("embedded", name, "", `it cannot be read: ${(error as Error).message}`);
    return [];
  }
}

function bodyOf({ text = "", html = "" }: Mail, source: Source): string {
  const page = html.trim() === "" ? 0 : countChars(textOf(parseTree(html, { nesting: source.limits.nesting }).root));
  if (page > 0 && page >= countChars(text) * 0.8) return htmlPart(html, source).text;
  const plain = text.replace(/\r\n?/g, "\n").trim();
  for (const [index, line] of plain.split("\n").entries()) source.ledger.read(line, "line", index + 1);
  return plain;
}
