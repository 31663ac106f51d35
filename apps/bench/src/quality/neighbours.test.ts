import { rankTurns } from "./neighbours.ts";

const turn = (id: string, session: string) => ({ id, session, text: id });
const turns = [turn("a", "s1"), turn("b", "s1"), turn("c", "s1"), turn("d", "s2"), turn("e", "s2")];

describe("rankTurns", () => {
  it("credits a turn with part of the scores next to it and next but one, in its own session", () => {
    const ranking = rankTurns(turns, new Map([["a", 0.8]]), [0.25, 0.125]);
    expect(ranking).toEqual([
      { id: "a", score: 0.8 },
      { id: "b", score: 0.2 },
      { id: "c", score: 0.1 },
    ]);
  });

  it("stops at the end of a session", () => {
    const ranking = rankTurns(turns, new Map([["d", 0.4]]), [0.5, 0.25]);
    expect(ranking.map(({ id }) => id)).toEqual(["d", "e"]);
  });

  it("clamps to 1", () => {
    const all = new Map(turns.map(({ id }) => [id, 0.9]));
    for (const { score } of rankTurns(turns, all, [0.5, 0.25])) expect(score).toBe(1);
  });
});
