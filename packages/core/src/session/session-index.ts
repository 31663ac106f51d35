import { conversationSettings, type IndexSettings, type StoredDocument, type StoredIndex } from "../engine/index.ts";
import { InvalidArgumentError } from "../errors/index.ts";
import { enterPushed, type MemoryContext } from "../user/index.ts";
import { copyDocuments, countDocuments } from "./copy-documents.ts";
import type { OpenSession } from "./open-session.ts";
import { eventChange } from "./session-state.ts";
import { turnOf } from "./turn-list.ts";

/**
 * Copies an index's documents into a session. Those that were written in the session itself stay as they are. Answers how
 * many there are (chunks of one count once).
 */
export async function loadIndexInto(
  context: MemoryContext,
  session: OpenSession,
  name: string,
): Promise<{ docCount: number }> {
  const source = await context.catalog.load(name);
  assertInProcess(name, source);
  await source.refresh();
  const { index } = source;
  const own = (id: string): boolean =>
    session.stored.index.documents.slotOf(id) !== undefined && session.state.shared.get(name)?.has(id) !== true;
  const ids = await copyDocuments({
    from: { index, embedderId: (source.settings as IndexSettings).embedderId },
    to: session.stored,
    embedder: context.embedder,
    wants: ({ id }) => !own(id),
    alongside: (copied) => [eventChange({ type: "shared", index: name, ids: copied })],
  });
  return { docCount: countDocuments(index, ids) };
}

/**
 * Merges the documents of a session (not its turns) into an index, which is made when needed. Nothing is deleted there,
 * and what the session has only loaded from there, or pushed before, and not written since, is left as it is there: it may
 * be newer.
 */
export async function pushIndexFrom(
  context: MemoryContext,
  session: OpenSession,
  name: string,
): Promise<{ indexName: string; docCount: number; version: number }> {
  const { catalog } = context;
  const target = await catalog.loadOrCreate(name, conversationSettings(context));
  assertInProcess(name, target);
  await target.refresh();
  const embedder = catalog.embedderOf(name, target.settings as IndexSettings);
  const wants = (document: StoredDocument): boolean =>
    turnOf(document, session.id) === undefined && session.state.shared.get(name)?.has(document.id) !== true;
  const { documents, live } = session.stored.index;
  const pushed = Array.from(live.toSlots(), (slot) => documents.document(slot)).filter(wants);
  const { userId } = session;
  const onlyIf =
    userId === undefined || pushed.length === 0
      ? []
      : [await enterPushed(context, userId, { index: name, documents: pushed })];
  const ids = await copyDocuments({
    from: { index: session.stored.index, embedderId: context.embedder.id },
    to: target,
    embedder,
    wants,
    onlyIf,
  });
  if (ids.length > 0) await session.stored.append([eventChange({ type: "shared", index: name, ids })]);
  return { indexName: name, docCount: countDocuments(session.stored.index, ids), version: target.version };
}

/** Notes that documents are about to be written in the session; throws for the id of a turn. */
export async function noteEdited(session: OpenSession, documents: readonly { id: string }[]): Promise<void> {
  const { index } = session.stored;
  const shared = new Set<string>();
  for (const { id } of documents) {
    const slot = index.documents.slotOf(id);
    if (slot !== undefined && turnOf(index.documents.document(slot), session.id) !== undefined) {
      throw new InvalidArgumentError("documents", `${JSON.stringify(id)} is the id of a turn of the session`);
    }
    for (const ids of session.state.shared.values()) if (ids.has(id)) shared.add(id);
  }
  if (shared.size > 0) await session.stored.append([eventChange({ type: "edited", ids: [...shared] })]);
}

/** What the store holds and searches itself is not copied to and fro. */
function assertInProcess(name: string, { settings }: StoredIndex): void {
  if (settings?.searchable !== true) return;
  const reason = `"${name}" was made with searchable: true, and a session takes in indexes that are searched in the process`;
  throw new InvalidArgumentError("index name", reason);
}
