import { readFileSync } from "node:fs";
import { conversations } from "../data/conversations/conversations.ts";

/** A conversation over several sessions, and what is asked of it afterwards. */
export interface Replay {
  name: string;
  user: { id: string; name?: string };
  sessions: { id: string; at: number; turns: { id: string; role: "user" | "assistant"; text: string }[] }[];
  questions: { text: string; kind: string; evidence: string[]; at?: number }[];
}

const DAY_MS = 86_400_000;
const START = Date.UTC(2024, 0, 8, 9);

/** The generated conversations of a seed, a week between sessions; the teller is the user. */
export function generatedReplays(seed: number, count: number): Replay[] {
  const { corpus, queries, qrels } = conversations(seed, count);
  const replays = new Map<string, Replay>();
  for (const { id, group = "", session = "", speaker, text } of corpus) {
    let replay = replays.get(group);
    if (replay === undefined) {
      replay = {
        name: group,
        user: { id: group, ...(speaker === undefined ? {} : { name: speaker }) },
        sessions: [],
        questions: [],
      };
      replays.set(group, replay);
    }
    let open = replay.sessions.find((each) => each.id === session);
    if (open === undefined) {
      open = { id: session, at: START + replay.sessions.length * 7 * DAY_MS, turns: [] };
      replay.sessions.push(open);
    }
    open.turns.push({ id, role: speaker === replay.user.name ? "user" : "assistant", text });
  }
  for (const { id, text, group = "" } of queries)
    replays.get(group)?.questions.push({ text, kind: "generated", evidence: Object.keys(qrels[id] ?? {}) });
  return [...replays.values()];
}

const LOCOMO_KINDS: Readonly<Record<number, string>> = {
  1: "multi-hop",
  2: "temporal",
  3: "open-domain",
  4: "single-hop",
};

interface LocomoSample {
  sample_id: string;
  conversation: { [key: string]: unknown; speaker_a: string };
  qa: { question: string; category: number; evidence?: string[] }[];
}

/** A file of LoCoMo (`locomo10.json`): the first speaker is the user, questions of the kinds that can be answered. */
export function locomoReplays(file: string): Replay[] {
  const samples = JSON.parse(readFileSync(file, "utf8")) as LocomoSample[];
  return samples.map(({ sample_id, conversation, qa }) => {
    const sessions: Replay["sessions"] = [];
    for (let n = 1; Array.isArray(conversation[`session_${n}`]); n++) {
      const said = conversation[`session_${n}`] as { speaker: string; dia_id: string; text: string }[];
      sessions.push({
        id: `session-${n}`,
        at: locomoTime(String(conversation[`session_${n}_date_time`])),
        turns: said.map(({ speaker, dia_id, text }) => ({
          id: dia_id,
          role: speaker === conversation.speaker_a ? "user" : "assistant",
          text,
        })),
      });
    }
    const ids = new Set(sessions.flatMap(({ turns }) => turns.map(({ id }) => id)));
    const questions = qa.flatMap(({ question, category, evidence = [] }) => {
      const kind = LOCOMO_KINDS[category];
      const turns = [...new Set(evidence.flatMap((each) => each.match(/D\d+:\d+/gu) ?? []))].filter((id) =>
        ids.has(id),
      );
      return kind === undefined || turns.length === 0 ? [] : [{ text: question, kind, evidence: turns }];
    });
    return { name: sample_id, user: { id: sample_id, name: conversation.speaker_a }, sessions, questions };
  });
}

/** `1:56 pm on 8 May, 2023` */
function locomoTime(text: string): number {
  const [, hour = "12", minute = "00", half = "pm", day = "1", month = "January", year = "2023"] =
    /(\d+):(\d+) (am|pm) on (\d+) (\w+), (\d+)/u.exec(text) ?? [];
  const hours = (Number(hour) % 12) + (half === "pm" ? 12 : 0);
  return Date.parse(`${day} ${month} ${year} ${hours}:${minute} UTC`);
}

interface LongMemEvalItem {
  question_id: string;
  question: string;
  question_type: string;
  question_date?: string;
  haystack_session_ids: string[];
  haystack_dates: string[];
  haystack_sessions: { role: "user" | "assistant"; content: string; has_answer?: boolean }[][];
}

/** A file of LongMemEval: each question with the sessions that it is asked of; evidence is what is marked `has_answer`. */
export function longMemEvalReplays(file: string): Replay[] {
  return (JSON.parse(readFileSync(file, "utf8")) as LongMemEvalItem[]).flatMap((item) => {
    const evidence: string[] = [];
    const sessions = item.haystack_sessions.map((turns, n) => ({
      id: item.haystack_session_ids[n] ?? `session-${n}`,
      at: longMemEvalTime(item.haystack_dates[n]),
      turns: turns.map(({ role, content, has_answer }, k) => {
        const id = `${n}/${k}`;
        if (has_answer === true) evidence.push(id);
        return { id, role, text: content };
      }),
    }));
    if (evidence.length === 0) return [];
    const at = longMemEvalTime(item.question_date);
    return [
      {
        name: item.question_id,
        user: { id: item.question_id },
        sessions: sessions.sort((a, b) => a.at - b.at),
        questions: [{ text: item.question, kind: item.question_type, evidence, at }],
      },
    ];
  });
}

/** `2023/05/20 (Sat) 02:21` */
function longMemEvalTime(text = ""): number {
  const at = Date.parse(
    `${text
      .replace(/\s*\(\w+\)\s*/u, " ")
      .replaceAll("/", "-")
      .trim()} UTC`,
  );
  return Number.isNaN(at) ? START : at;
}
