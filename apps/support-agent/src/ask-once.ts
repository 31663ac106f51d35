import type { RecallSource } from "@sotto/core";
import type { Answer } from "./agent/answer.ts";
import type { Conversation } from "./agent/conversation.ts";
import { EXIT } from "./exit-code.ts";
import { AnswerPrinter } from "./terminal/answer-printer.ts";
import type { Screen } from "./terminal/screen.ts";

/** What `--ask --json` prints. */
export interface AnswerReport extends Omit<Answer, "recalled"> {
  user: string;
  session: string;
  /** What the model was shown, search by search. */
  recalled: readonly {
    by: string;
    query: string;
    tookMs: number;
    degraded: boolean;
    sources: readonly RecallSource[];
  }[];
}

export interface AskOnceParts {
  conversation: Conversation;
  out: Screen;
  /** Tool calls are shown here, so that stdout is the answer's alone. */
  err: Screen;
  json: boolean;
  signal: AbortSignal;
}

/** One question and its answer, a conversation of its own. Answers the exit code. @throws the model's error */
export async function askOnce(
  question: string,
  { conversation, out, err, json, signal }: AskOnceParts,
): Promise<number> {
  await conversation.start();
  const printer = new AnswerPrinter({ answer: out, tools: err });
  let answer: Answer;
  try {
    answer = await conversation.ask(question, {
      signal,
      onEvent: (event) => {
        if (!json) printer.print(event);
      },
    });
  } finally {
    printer.end();
    await conversation.end();
  }
  if (json) out.line(JSON.stringify(reportOf(answer, conversation), null, 2));
  return answer.interrupted ? EXIT.interrupted : EXIT.ok;
}

function reportOf({ recalled, ...answer }: Answer, { user, session }: Conversation): AnswerReport {
  return {
    ...answer,
    user,
    session,
    recalled: recalled.map(({ by, recall: { trace, sources } }) => ({
      by,
      query: trace.query,
      tookMs: trace.tookMs,
      degraded: trace.degraded,
      sources,
    })),
  };
}
