import { wholeSentences } from "../engine/index.ts";
import type { Turn } from "../session/index.ts";
import { asksOnly, courtesyOf, lastQuestion } from "../session/index.ts";
import { type Steps, takeInTurns } from "../steps.ts";
import { type MemoryTurn, turnText } from "../user/index.ts";
import type { ConsolidationInput, ConsolidationResult, Consolidator } from "./consolidator.ts";

/** Names this consolidator. */
export const TURNS_ID = "turns-v1";
/** An utterance of more characters is cut at the ends of sentences into pieces of so many at most. */
const PIECE_CHARS = 600;
/** A turn of at most so many words, right after a question of somebody else, is kept with the question. */
const SHORT_WORDS = 14;
/** Turns that one step looks at: about a millisecond. */
const TURNS_A_STEP = 32;
/** Most characters of a question that is kept with its answer. */
const QUESTION_CHARS = 240;

/**
 * The default consolidator: no model, same input, same result. Each turn is a memory of its own, as it was said (what was
 * interrupted, as far as it was heard): of the user, and of the agent. A short answer is kept with its question. Greetings,
 * thanks and the like make none; long utterances make one for every 600 characters or so, cut where sentences end.
 *
 * @example
 * const sotto = createSotto({ consolidator: turnConsolidator() });
 */
export function turnConsolidator(): Consolidator {
  return {
    id: TURNS_ID,
    async consolidate(input) {
      return { memories: await takeInTurns(memoriesOf(input), input.signal) };
    },
  };
}

function* memoriesOf(input: ConsolidationInput): Steps<ConsolidationResult["memories"]> {
  const { turns, user } = input;
  const names = namesOf(turns, user);
  const memories: ConsolidationResult["memories"][number][] = [];
  for (let n = 0; n < turns.length; n++) {
    if (n % TURNS_A_STEP === TURNS_A_STEP - 1) yield;
    for (const memory of memoriesOfTurn(input, n, names)) memories.push(memory);
  }
  return memories;
}

function memoriesOfTurn(
  { turns, user }: ConsolidationInput,
  n: number,
  names: ReadonlySet<string>,
): ConsolidationResult["memories"] {
  const turn = turns[n] as Turn;
  if (turn.text.trim() === "" || isAnotherUsers(turn, user.id)) return [];
  const asked = questionBefore(turns, n, names);
  const kind = courtesyOf(turn.text, names);
  // A yes or no says what it answers; thanks and the like answer nothing.
  if (kind === "courtesy" || (kind !== undefined && asked === undefined)) return [];
  const isShort = kind !== undefined || wordCount(turn.text) <= SHORT_WORDS;
  const kept = asked !== undefined && isShort && !asksOnly(turn.text) ? asked : undefined;
  const speaker = speakerOf(turn, user);
  return piecesOf(turn.text.trim()).map((text) => {
    const said: MemoryTurn = { ...speaker, text, ...(kept === undefined ? {} : { answers: kept.question(user) }) };
    return {
      kind: "turn",
      text: turnText(said),
      turn: said,
      turnIds: kept === undefined ? [turn.id] : [kept.turn.id, turn.id],
      validFrom: turn.at,
    };
  });
}

/** What the turn before, of somebody else, asks at its end; a yes or no may also confirm what it states. */
function questionBefore(
  turns: readonly Turn[],
  n: number,
  names: ReadonlySet<string>,
): { turn: Turn; question(user: ConsolidationInput["user"]): Omit<MemoryTurn, "answers"> } | undefined {
  const turn = turns[n] as Turn;
  const before = turns[n - 1];
  if (before === undefined || (before.role === turn.role && before.speaker === turn.speaker)) return undefined;
  const question = lastQuestion(before.text, QUESTION_CHARS);
  const confirms = question === "" && courtesyOf(turn.text, names) === "answer";
  const text = confirms && courtesyOf(before.text, names) === undefined ? lastPiece(before.text) : question;
  if (text === "") return undefined;
  return { turn: before, question: (user) => ({ ...speakerOf(before, user), text }) };
}

function speakerOf(turn: Turn, user: ConsolidationInput["user"]): Pick<MemoryTurn, "role" | "speakerName"> {
  if (turn.role === "assistant") return { role: "assistant" };
  const name = turn.speakerName ?? (isAnotherUsers(turn, user.id) ? turn.speaker : user.name);
  return { role: "user", ...(name === undefined ? {} : { speakerName: name }) };
}

/** Of another user only what this one answers is given. */
function isAnotherUsers({ role, speaker }: Turn, userId: string): boolean {
  return role === "user" && speaker !== undefined && speaker !== userId;
}

/** A text in pieces that end where sentences end, as far as sentences are no longer than a piece. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > PIECE_CHARS) {
    const whole = wholeSentences(rest, PIECE_CHARS).trim();
    const piece = whole === "" ? cutAtWord(rest) : whole;
    pieces.push(piece);
    rest = rest.slice(rest.indexOf(piece) + piece.length).trimStart();
  }
  if (rest !== "") pieces.push(rest);
  return pieces;
}

/** Up to the last white space in a piece's length; through a word that is longer. */
function cutAtWord(text: string): string {
  const head = text.slice(0, PIECE_CHARS);
  const word = head.replace(/\s+\S*$/u, "");
  return (word.length > PIECE_CHARS / 2 ? word : head).replace(/\p{Surrogate}$/u, "");
}

function lastPiece(text: string): string {
  const trimmed = text.trim();
  return trimmed.length <= QUESTION_CHARS ? trimmed : (piecesOf(trimmed).at(-1) as string).slice(-QUESTION_CHARS);
}

function wordCount(text: string): number {
  return text.trim().split(/\s+/u).length;
}

function namesOf(turns: readonly Turn[], user: ConsolidationInput["user"]): ReadonlySet<string> {
  const names = [user.name, ...turns.map(({ speakerName }) => speakerName)].flatMap((name) => name ?? []);
  return new Set(names.flatMap((name) => name.toLowerCase().split(/\s+/u)));
}
