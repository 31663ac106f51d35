import type { Turn } from "@sotto/core";
import type { DraftedTurn, TurnDraft } from "@sotto/core/adapter";
import type { Conversation } from "./conversation.ts";
import { textHash } from "./text-hash.ts";

/**
 * One turn in its session. A question that stands where the session's last exchange stands takes its place: it was
 * edited, asked again or undone. Whether it does is read from the session, so that it holds in another process too.
 */
export class RecordedTurn {
  readonly #conversation: Conversation;
  /** Id of the question in the session, once it is known. */
  #questionId: string | undefined;
  #replaced: string[] = [];
  #own = new Set<string>();

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  /** `isRunning` tells of a turn that is still being answered: nothing takes its place. */
  question(isRunning: (turnId: string) => boolean): DraftedTurn {
    return (turns) => {
      const { turnId, userText, before, steps } = this.#conversation;
      const ours = turns.filter((turn) => turnOf(turn) !== undefined);
      const at = ours.findLastIndex(({ role }) => role === "user");
      const last = ours[at];
      if (last !== undefined && steps > 0 && turnOf(last) === turnId) {
        this.#questionId = last.id;
        return undefined;
      }
      const draft = { role: "user" as const, text: userText, metadata: mark(turnId) };
      const answers = ours.slice(at + 1).map(({ id }) => id);
      if (last !== undefined && !isRunning(turnOf(last) ?? "") && sameExchange(exchangeOf(ours.slice(0, at)), before)) {
        if (last.text.trim() === userText) {
          this.#questionId = last.id;
          this.#replaced = answers;
          return undefined;
        }
        return { ...draft, itemId: this.#named(turns), replaces: [last.id, ...answers] };
      }
      return { ...draft, itemId: this.#named(turns) };
    };
  }

  async answer(text: string, more: Pick<TurnDraft, "interrupted" | "toolCalls">): Promise<DraftedTurn> {
    const hash = await textHash(text);
    return () => {
      const { turnId } = this.#conversation;
      const itemId = `${this.#questionId ?? `${turnId}/user`}/answer/${hash}`;
      const replaces = this.#replaced.filter((id) => id !== itemId && !this.#own.has(id));
      this.#own.add(itemId);
      this.#replaced = [];
      const draft = { role: "assistant" as const, text, itemId, metadata: mark(turnId), ...more };
      return replaces.length === 0 ? draft : { ...draft, replaces };
    };
  }

  /** The same words, said again, are another turn. */
  #named(turns: readonly Turn[]): string {
    const id = `${this.#conversation.turnId}/user`;
    const taken = turns.filter((turn) => turn.role === "user" && turnOf(turn) === this.#conversation.turnId).length;
    this.#questionId = taken === 0 ? id : `${id}/${taken + 1}`;
    return this.#questionId;
  }
}

function mark(turnId: string) {
  return { aiSdk: { turn: turnId } };
}

/** The turn that something recorded here belongs to; undefined for what something else recorded. */
function turnOf({ metadata }: Turn): string | undefined {
  const given = metadata?.aiSdk;
  const turn = typeof given === "object" && given !== null && "turn" in given ? given.turn : undefined;
  return typeof turn === "string" ? turn : undefined;
}

function exchangeOf(turns: readonly Turn[]): Conversation["before"] {
  const at = turns.findLastIndex(({ role }) => role === "user");
  const answered = turns.slice(at + 1).map(({ text }) => text.trim());
  return at === -1 || answered.length === 0
    ? undefined
    : { asked: turns[at]?.text.trim() ?? "", answered: answered.join("\n") };
}

function sameExchange(recorded: Conversation["before"], shown: Conversation["before"]): boolean {
  return (
    recorded !== undefined &&
    shown !== undefined &&
    plain(recorded.asked) === plain(shown.asked) &&
    plain(recorded.answered) === plain(shown.answered)
  );
}

function plain(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
