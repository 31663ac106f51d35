import { staticEmbedder } from "@sotto/embed-static";
import { type Clock, systemClock } from "../../src/clock.ts";
import { LoopGuard } from "../../src/consolidation/loop-guard/loop-guard.ts";
import { ArenaPool } from "../../src/engine/catalog/arena-pool.ts";
import { IndexCatalog } from "../../src/engine/catalog/index-catalog.ts";
import type { CreateIndexOptions } from "../../src/engine/catalog/index-types.ts";
import type { NamedIndex } from "../../src/engine/catalog/query-indexes.ts";
import { createIndex } from "../../src/engine/catalog/write-documents.ts";
import type { Document, Metadata, StoredDocument } from "../../src/engine/documents/document.ts";
import { embedTexts } from "../../src/engine/embedding/embed-texts.ts";
import type { Embedder } from "../../src/engine/embedding/embedder.ts";
import { StoredIndex } from "../../src/engine/log/stored-index.ts";
import { quantizeVector } from "../../src/engine/vectors/quantize-vector.ts";
import { defaultLimits } from "../../src/limits.ts";
import type { HeldUser, RecallSession, RecallSources, UnendedSession } from "../../src/recall/recall-sources.ts";
import { Recaller } from "../../src/recall/recaller.ts";
import type { Turn } from "../../src/session/turn.ts";
import { memoryStorage } from "../../src/storage/memory/memory-storage.ts";
import { ForgetMarks } from "../../src/user/forget-marks.ts";
import type { MemoryContext } from "../../src/user/memory-context.ts";
import type { MemoryRecord, Profile } from "../../src/user/memory-types.ts";

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #now = Date.UTC(2026, 0, 3, 12, 0);
  #timers = new Set<{ at: number; callback: () => void }>();

  now(): number {
    return this.#now;
  }
  monotonic(): number {
    return this.#now;
  }
  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }
  get timers(): number {
    return this.#timers.size;
  }
  advance(ms: number): void {
    this.#now += ms;
    for (const timer of [...this.#timers].sort((x, y) => x.at - y.at)) {
      if (timer.at > this.#now || !this.#timers.delete(timer)) continue;
      timer.callback();
    }
  }
}

export interface FixtureOptions {
  clock?: Clock;
  embedder?: Embedder;
  sources?: Partial<RecallSources>;
}

/** Recall over real indexes: one user, any sessions, any indexes of the project. */
export class RecallFixture {
  readonly warnings: string[] = [];
  readonly context: MemoryContext;
  readonly recaller: Recaller;
  readonly sources: RecallSources;
  readonly turns: Turn[] = [];
  held = 0;
  profile: Profile | null = null;
  session!: RecallSession & { stored: StoredIndex };
  permanent!: StoredIndex;
  readonly #org: NamedIndex[] = [];

  private constructor({ clock = systemClock, embedder = staticEmbedder(), sources = {} }: FixtureOptions) {
    const storage = memoryStorage();
    const arenas = new ArenaPool();
    const logger = {
      warn: (message: string) => void this.warnings.push(message),
      error: (message: string) => void this.warnings.push(message),
    };
    const shared = { storage, project: "test", arenas, limits: defaultLimits, logger, clock };
    this.context = {
      ...shared,
      agent: undefined,
      marks: new ForgetMarks(shared),
      catalog: new IndexCatalog({
        ...shared,
        embedders: new Map([[embedder.id, embedder]]),
        defaultEmbedder: embedder,
      }),
      embedder,
      stats: { failedWrites: 0, failedRecalls: 0, lateLanes: 0, consolidations: 0, failedConsolidations: 0 },
      retention: {},
      pool: {},
      defaults: { minScore: undefined, timeoutMs: 250 },
    };
    this.sources = {
      session: () => this.session,
      user: () => this.hold(),
      orgIndexes: (names) => this.#org.filter(({ name }) => names?.includes(name) ?? true),
      ...sources,
    };
    this.recaller = new Recaller(this.context, this.sources, this.guard);
  }

  static async open(options: FixtureOptions = {}): Promise<RecallFixture> {
    const fixture = new RecallFixture(options);
    const stored = await fixture.#index("session");
    fixture.session = { id: "call", stored, turns: fixture.turns };
    fixture.permanent = await fixture.#index("permanent");
    return fixture;
  }

  readonly guard = new LoopGuard();

  unended: UnendedSession | undefined;

  hold(): HeldUser {
    this.held++;
    const { profile, permanent } = this;
    const record = (id: string) => recordAt(permanent, permanent.index.documents.slotOf(id));
    return {
      memory: {
        userId: "ada",
        permanent,
        profile: { current: profile },
        record,
        newest: (limit, asOf) =>
          [...permanent.index.documents.ids()]
            .flatMap((id) => record(id) ?? [])
            .filter((memory) => isValid(memory, asOf))
            .sort((x, y) => y.validFrom - x.validFrom)
            .slice(0, limit),
      },
      unended: () => (this.unended === undefined ? [] : [this.unended]),
      release: () => void this.held--,
    };
  }

  async say(role: Turn["role"], text: string, more: Partial<Turn> = {}): Promise<Turn> {
    const turn: Turn = {
      id: `t${this.turns.length}`,
      sessionId: "call",
      role,
      text,
      at: this.context.clock.now() + this.turns.length,
      ...(role === "user" ? { speaker: "ada", speakerName: "Ada" } : {}),
      ...more,
    };
    await this.#put(this.session.stored, {
      id: turn.id,
      text: `${turn.speakerName ?? "Assistant"}: ${text}`,
      payload: { ...turn } as never,
      chunk: { parentId: "call", position: this.turns.length },
    });
    this.turns.push(turn);
    return turn;
  }

  async remember(id: string, text: string, more: Partial<MemoryRecord> = {}): Promise<void> {
    const at = Date.UTC(2025, 11, 1);
    const record: MemoryRecord = {
      id,
      kind: "fact",
      text,
      provenance: [{ sessionId: "earlier", turnIds: [], speaker: "ada", at }],
      validFrom: at,
      ...more,
    };
    const { validFrom, validTo } = record;
    const metadata: Metadata = validTo === undefined ? { validFrom } : { validFrom, validTo };
    await this.#put(this.permanent, {
      id,
      text,
      metadata,
      payload: record as never,
      chunk: { parentId: "earlier", position: this.permanent.index.documents.size },
    });
  }

  async know(name: string, documents: readonly Document[], options: CreateIndexOptions = {}): Promise<void> {
    await createIndex(this.context.catalog, name, documents, options);
    const stored = await this.context.catalog.load(name);
    if (!this.#org.some((index) => index.name === name)) this.#org.push({ name, stored });
  }

  async #index(name: string): Promise<StoredIndex> {
    const { storage, arenas, embedder, logger, clock } = this.context;
    const settings = { embedderId: embedder.id, dimensions: embedder.dimensions, metadata: {}, createdAt: 0 };
    return StoredIndex.open({ log: await storage.open(name), arena: () => arenas.shared(), settings, logger, clock });
  }

  async #put(stored: StoredIndex, document: StoredDocument): Promise<void> {
    const [vector] = await embedTexts(staticEmbedder(), [document.text]);
    await stored.append([{ type: "put", document, vector: vector ? quantizeVector(vector) : undefined }]);
  }
}

function recordAt(permanent: StoredIndex, slot: number | undefined): MemoryRecord | undefined {
  if (slot === undefined) return undefined;
  return permanent.index.documents.document(slot).payload as unknown as MemoryRecord;
}

function isValid(record: MemoryRecord | undefined, asOf: number): boolean {
  return record !== undefined && record.validFrom <= asOf && (record.validTo === undefined || asOf < record.validTo);
}
