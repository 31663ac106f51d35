import { isPlainObject, newId, validateName } from "../engine/index.ts";
import { InvalidArgumentError } from "../errors/index.ts";
import type { Limits } from "../limits.ts";
import { userIdOf, userNameOf } from "../user/index.ts";
import type { ResponseInput, Turn, TurnInput } from "./turn.ts";

/**
 * A turn as the session takes it: one that is longer than a document may be is several, cut where words end, with the ids
 * `<id>`, `<id>~2` and so on.
 */
export function turnPieces(turn: Turn, { documentChars }: Limits): Turn[] {
  // Room for the speaker's name, which is searched with the text.
  const most = Math.max(1, documentChars - MOST_LABEL_CHARS);
  if (turn.text.length <= most) return [turn];
  const pieces: Turn[] = [];
  for (let rest = turn.text; rest !== ""; ) {
    const head = rest.slice(0, most);
    const words = rest.length <= most ? head : head.replace(/\S*$/u, "");
    const text = words.length > most / 2 ? words : head.replace(/\p{Surrogate}$/u, "");
    pieces.push({ ...turn, id: pieces.length === 0 ? turn.id : `${turn.id}~${pieces.length + 1}`, text });
    rest = rest.slice(text.length);
  }
  return pieces;
}

/** The turn that an input asks for; undefined when nothing was said. Throws `argument.invalid` or `limit.exceeded`. */
export function toTurn(input: TurnInput, now: number, limits: Limits): Turn | undefined {
  const { role, text, session, itemId, at = now } = input;
  if (role !== "user" && role !== "assistant")
    throw new InvalidArgumentError("role", `${JSON.stringify(role)} is not "user" or "assistant"`);
  if (typeof text !== "string") throw new InvalidArgumentError("text", "it must be a string");
  if (!Number.isFinite(at)) throw new InvalidArgumentError("at", "it must be milliseconds since the epoch");
  validateName("session id", session, limits);
  const id = itemId ?? newId();
  validateTurnId(id, limits);
  if (text.trim() === "") return undefined;
  const turn: Turn = {
    id,
    sessionId: session,
    role,
    text,
    at,
    ...(role === "user" ? speakerOf(input, limits) : {}),
    ...(input.interrupted === true ? { interrupted: true } : {}),
    ...(input.toolCalls === undefined ? {} : { toolCalls: input.toolCalls }),
    ...(input.metadata === undefined ? {} : { metadata: input.metadata }),
  };
  return withinPayload(turn, limits);
}

const MOST_LABEL_CHARS = 300;

/** Both halves of an exchange, without one that was not said. */
export function toTurns(response: ResponseInput, now: number, limits: Limits): { turnId: string; turns: Turn[] } {
  if (!isPlainObject(response)) throw new InvalidArgumentError("response", "it must be an object");
  const {
    userText,
    assistantText,
    turnId = newId(),
    interrupted,
    toolCalls,
    speaker,
    replaces: _,
    ...shared
  } = response;
  const at = response.at ?? now;
  const half = { ...shared, at };
  const user = toTurn(
    { ...half, role: "user", text: userText, itemId: `${turnId}/user`, ...(speaker === undefined ? {} : { speaker }) },
    now,
    limits,
  );
  const assistant = toTurn(
    {
      ...half,
      role: "assistant",
      text: assistantText,
      itemId: `${turnId}/assistant`,
      ...(interrupted === undefined ? {} : { interrupted }),
      ...(toolCalls === undefined ? {} : { toolCalls }),
    },
    now,
    limits,
  );
  return { turnId, turns: [user, assistant].filter((turn) => turn !== undefined) };
}

/**
 * The ids that `replaces` or `turnId` name: each as it is, and as the halves of an exchange that `saveResponse` wrote.
 * Throws `argument.invalid` or `limit.exceeded`.
 */
export function turnIdsOf(ids: string | readonly string[], limits: Limits): string[] {
  const list = typeof ids === "string" ? [ids] : ids;
  if (!Array.isArray(list)) throw new InvalidArgumentError("replaces", "it must be a turn id or an array of turn ids");
  return list.flatMap((id: unknown) => {
    validateTurnId(id, limits);
    return [id as string, `${id}/user`, `${id}/assistant`];
  });
}

function speakerOf({ speaker, user }: TurnInput, limits: Limits): { speaker: string; speakerName?: string } {
  const who = speaker ?? user;
  const name = userNameOf(who);
  return { speaker: userIdOf(who, limits), ...(name === undefined ? {} : { speakerName: name }) };
}

function validateTurnId(id: unknown, { documentIdChars }: Limits): void {
  validateName("turn id", id, { nameChars: documentIdChars });
}

/** What tools answered may be large: it must not cost what was said, so it goes first. */
function withinPayload(turn: Turn, { payloadBytes }: Limits): Turn {
  if (turn.toolCalls === undefined && turn.metadata === undefined) return turn;
  const json = toJson(turn);
  const copy = JSON.parse(json) as Turn;
  if (new TextEncoder().encode(json).length <= payloadBytes || copy.toolCalls === undefined) return copy;
  return { ...copy, toolCalls: copy.toolCalls.map(({ name }) => ({ name })) };
}

function toJson(turn: Turn): string {
  try {
    return JSON.stringify(turn);
  } catch {
    throw new InvalidArgumentError("turn", "its toolCalls or metadata hold something that JSON cannot hold");
  }
}
