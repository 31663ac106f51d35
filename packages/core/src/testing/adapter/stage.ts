import { createSotto } from "../../create-sotto.ts";
import type { Embedder } from "../../engine/index.ts";
import type { Sotto, SottoOptions } from "../../sotto.ts";
import { nextTurn } from "../../steps.ts";
import { memoryStorage } from "../../storage/index.ts";
import type { CreateAdapter, Exchange, KeptMessage, TestedAdapter } from "./adapter-fixture.ts";
import { TestClock } from "./test-clock.ts";

export const TIMEOUT_MS = 200;
export const RECORD_TIMEOUT_MS = 2_000;

/** What a Sotto is made to do wrong, until it is taken away. */
export interface Faults {
  searchMemory?: Sotto["searchMemory"];
  recordTurn?: Sotto["recordTurn"];
}

/** A Sotto with a knowledge base, a clock, and an adapter over both. */
export interface Stage {
  sotto: Sotto;
  faults: Faults;
  clock: TestClock;
  adapter: TestedAdapter;
  logged: string[];
  /** One turn of a conversation that the application keeps. */
  say(turn: Omit<Exchange, "history" | "message" | "answer"> & Said): Promise<string>;
  /** Moves the clock on until something is done: for what waits for a deadline. */
  untilDone<T>(work: Promise<T>): Promise<T>;
  said(user: string, session: string): Promise<string[]>;
}

export interface Said {
  text: string;
  answer?: string;
  history?: readonly KeptMessage[];
  id?: string;
  answerId?: string;
}

/** Runs a case over a stage of its own, and strikes it. */
export async function onStage(
  create: CreateAdapter,
  run: (stage: Stage) => Promise<void>,
  options: Partial<SottoOptions> = {},
): Promise<void> {
  const clock = new TestClock();
  const logged: string[] = [];
  const log = (message: string, fields?: unknown): void => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const logger = { warn: log, error: log };
  const sotto = createSotto({ storage: memoryStorage(), logger, ...options });
  const faults: Faults = {};
  const faulty: Sotto = {
    ...sotto,
    searchMemory: (query, asked) => (faults.searchMemory ?? sotto.searchMemory)(query, asked),
    recordTurn: (turn) => (faults.recordTurn ?? sotto.recordTurn)(turn),
  };
  const adapter = await create({
    sotto: faulty,
    timeoutMs: TIMEOUT_MS,
    recordTimeoutMs: RECORD_TIMEOUT_MS,
    clock,
    logger,
  });
  let ids = 0;
  const stage: Stage = {
    sotto,
    faults,
    clock,
    adapter,
    logged,
    async say({ text, answer = "I see.", history = [], id, answerId, ...turn }) {
      clock.advance(1);
      const message = { id: id ?? `m${++ids}`, role: "user" as const, text };
      const answered = { id: answerId ?? `a${++ids}`, role: "assistant" as const, text: answer };
      const { shown } = await adapter.exchange({ ...turn, history, message, answer: answered });
      return shown;
    },
    async untilDone(work) {
      let done = false;
      const finished = work.finally(() => {
        done = true;
      });
      finished.catch(() => {});
      for (let i = 0; i < 10_000 && !done; i++) {
        await nextTurn();
        // Little by little: whoever sets a further deadline is to have it.
        if (!done && i % 10 === 9) clock.advance(TIMEOUT_MS / 4);
      }
      return finished;
    },
    async said(user, session) {
      const opened = await sotto.session({ id: session, user });
      try {
        return (await opened.turns()).map(({ role, text }) => `${role}: ${text}`);
      } finally {
        await opened.close({ end: false });
      }
    },
  };
  try {
    await run(stage);
  } finally {
    // What hangs must not be waited for.
    const closing = Promise.all([adapter.close?.(), sotto.close()]).catch(() => {});
    await stage.untilDone(Promise.race([closing, manyTurns()]));
  }
}

async function manyTurns(): Promise<void> {
  for (let i = 0; i < 500; i++) await nextTurn();
}

/** A conversation as an application keeps it. */
export function kept(...texts: readonly [id: string, role: "user" | "assistant", text: string][]): KeptMessage[] {
  return texts.map(([id, role, text]) => ({ id, role, text }));
}

export function brokenEmbedder(embed: Embedder["embed"]): Embedder {
  return { id: "broken-v1", dimensions: 256, calibration: { low: 0, high: 1 }, embed };
}

export const never = <T>(): Promise<T> => new Promise<T>(() => {});
