import type { Turn } from "../session/index.ts";
import { exchangesOf, speakerLabel } from "../session/index.ts";
import type { ConsolidationInput, ConsolidationResult, Consolidator } from "./consolidator.ts";
import { smallTalk } from "./small-talk.ts";

/** Characters after which a yes or no no longer joins the episode that it follows, but begins one with what it answers. */
const LONG_EPISODE_CHARS = 4_000;

/**
 * The default consolidator: no model, same input, same result. Each exchange, what the user said and the answer, is one
 * episode, verbatim (what was interrupted, as far as it was heard). Greetings, thanks and fillers make none; a yes or no
 * stays with what it answers.
 *
 * @example
 * const sotto = createSotto({ consolidator: episodeConsolidator() });
 */
export function episodeConsolidator(): Consolidator {
  return {
    id: "episodes-v1",
    async consolidate(input) {
      return { memories: episodesOf(input) };
    },
  };
}

function episodesOf({ turns, user }: ConsolidationInput): ConsolidationResult["memories"] {
  const episodes: Turn[][] = [];
  /** The exchange right before, when it is in no episode. */
  let before: readonly Turn[] | undefined = [];
  for (const exchange of exchangesOf(turns, user.id)) {
    const said = exchange.turns.filter(({ role }) => role === "user");
    const kind = said.length === 0 ? "polite" : smallTalk(said.map(({ text }) => text).join(" "));
    const last = before === undefined ? episodes.at(-1) : undefined;
    if (kind === "assent" && last !== undefined && charsOf(last) < LONG_EPISODE_CHARS) {
      last.push(...exchange.turns);
      continue;
    }
    const asked: Turn[] =
      kind === "assent" ? (last ?? before ?? []).filter(({ role }) => role === "assistant").slice(-1) : [];
    if (kind === "polite" || (kind === "assent" && asked.length === 0)) {
      before = exchange.turns;
    } else {
      episodes.push([...asked, ...exchange.turns]);
      before = undefined;
    }
  }
  return episodes.map((episode) => ({
    kind: "episode",
    text: episode
      .filter(({ text }) => text !== "")
      .map((turn) => `${labelOf(turn, user)}: ${turn.text.trim()}`)
      .join("\n"),
    turnIds: episode.map(({ id }) => id),
    validFrom: Math.min(...episode.map(({ at }) => at)),
  }));
}

function labelOf(turn: Turn, user: ConsolidationInput["user"]): string {
  if (turn.role === "user" && turn.speakerName === undefined && user.name !== undefined) return user.name;
  return speakerLabel(turn, user.id);
}

function charsOf(turns: readonly Turn[]): number {
  return turns.reduce((chars, { text }) => chars + text.length, 0);
}
