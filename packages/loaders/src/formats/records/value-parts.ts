import { messageOf } from "../../rows/chat.ts";
import { foldName } from "../../rows/field-words.ts";
import { type FoundRows, findRows, isPlain } from "../../rows/find-rows.ts";
import { leavesOf } from "../../rows/leaves.ts";
import { recordParts } from "../../rows/record-parts.ts";
import type { Plain } from "../../rows/text-of-record.ts";
import type { Source } from "../../source.ts";
import type { LoadedPart } from "../loader.ts";

/** What stands beside rows and is longer than this is a document; shorter, it is metadata of every row. */
const LONGEST_SHARED = 200;
const MOST_SHARED = 8;

/** The documents of a value as a parser gives it: see `findRows`. */
export function valueParts(value: unknown, source: Source): LoadedPart[] {
  if (value === undefined || value === null) return [];
  const found = findRows(value);
  if (found === undefined) return single(value, source);
  const { shared, rest } = splitBeside(found);
  const parts: LoadedPart[] = [];
  for (const [n, { path, rows }] of found.sets.entries()) {
    const chat = rows.length > 0 && rows.every(({ value: each }) => messageOf(each) !== undefined);
    parts.push(...recordParts(rows, source, { shared, chat, ...(n === 0 ? {} : { keyPrefix: `${path}:` }) }));
  }
  if (parts.length === 0 || rest !== undefined) parts.push(...single(rest ?? shared, source, "beside"));
  else
    for (const leaf of leavesOf(shared).leaves)
      for (const each of leaf.values) source.ledger.read(String(each), "beside the rows");
  return parts;
}

function single(value: unknown, source: Source, key?: string): LoadedPart[] {
  return recordParts([{ number: 1, value }], source, { what: key === undefined ? "" : "beside the rows" }).map(
    (part) => {
      const { row: _, ...metadata } = part.metadata ?? {};
      const { key: _key, ...whole } = part;
      return { ...whole, metadata, ...(key === undefined ? {} : { key }) };
    },
  );
}

/** Short values beside the rows, such as a shop's name or a currency, belong to every row; long ones are a document. */
function splitBeside({ beside, sets }: FoundRows): { shared: Plain; rest: Plain | undefined } {
  if (beside === undefined) return { shared: {}, rest: undefined };
  const { leaves } = leavesOf(beside);
  const isShort =
    leaves.length <= MOST_SHARED && leaves.every(({ values }) => values.join(" ").length <= LONGEST_SHARED);
  if (!isShort) return { shared: {}, rest: beside };
  const taken = new Set(
    sets.flatMap(({ rows }) =>
      rows.slice(0, 50).flatMap(({ value }) => (isPlain(value) ? Object.keys(value).map(foldName) : [])),
    ),
  );
  const free = (name: string) =>
    taken.has(foldName(name)) || name === "title" || name === "row" || name === "key" ? `file.${name}` : name;
  return {
    shared: Object.fromEntries(Object.entries(beside).map(([name, value]) => [free(name), value])),
    rest: undefined,
  };
}
