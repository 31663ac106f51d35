import { llmConsolidator } from "@sotto/langchain";
import { Conversation } from "./agent/conversation.ts";
import { askOnce } from "./ask-once.ts";
import { chat } from "./chat.ts";
import { openModel } from "./model/open-model.ts";
import type { Options } from "./options.ts";
import { openStore } from "./store/open-store.ts";
import { LineInput } from "./terminal/line-input.ts";
import { openScreen } from "./terminal/screen.ts";
import { stderrLogger } from "./terminal/stderr-logger.ts";

/** Opens model and store, answers, and closes both. Answers the exit code. */
export async function run(options: Options): Promise<number> {
  const { indexes, user } = options;
  const { model, close } = await openModel(options.offline);
  try {
    await using sotto = await openStore({
      store: options.store,
      embedder: options.embedder,
      indexes,
      logger: stderrLogger,
      ...(options.consolidator === "llm" ? { consolidator: llmConsolidator(model) } : {}),
    });
    const conversation = new Conversation({ sotto, model, user, indexes, logger: stderrLogger });
    return options.ask === undefined
      ? await runChat(conversation, options)
      : await runAskOnce(conversation, options.ask, options);
  } finally {
    await close();
  }
}

async function runChat(conversation: Conversation, { color }: Options): Promise<number> {
  const input = new LineInput();
  // Where Ctrl-C comes as a signal: input from a pipe, or kill -INT.
  const onInterrupt = () => input.interrupt();
  process.on("SIGINT", onInterrupt);
  try {
    return await chat({ conversation, input, screen: openScreen(process.stdout, { color }) });
  } finally {
    process.off("SIGINT", onInterrupt);
    input.close();
  }
}

async function runAskOnce(conversation: Conversation, question: string, { color, json }: Options): Promise<number> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once("SIGINT", onInterrupt);
  try {
    return await askOnce(question, {
      conversation,
      out: openScreen(process.stdout, { color }),
      err: openScreen(process.stderr, { color }),
      json,
      signal: interrupt.signal,
    });
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}
