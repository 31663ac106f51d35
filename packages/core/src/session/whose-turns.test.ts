import type { Turn } from "./turn.ts";
import { turnsOf, whoseTurns } from "./whose-turns.ts";

const said = (...lines: [speaker: string, text: string][]): Turn[] =>
  lines.map(([speaker, text], n) => ({
    id: `t${n}`,
    sessionId: "call",
    text,
    at: n,
    ...(speaker === "" ? { role: "assistant" } : { role: "user", speaker, speakerName: speaker }),
  }));

describe("whom a turn concerns", () => {
  it("is its speaker, and whoever the agent answers", () => {
    const turns = said(["", "Welcome."], ["Ann", "I row."], ["", "On which lake?"], ["Ben", "I sail."], ["", "Where?"]);
    expect(whoseTurns(turns, "Ann")).toEqual([["Ann"], ["Ann"], ["Ann"], ["Ben"], ["Ben"]]);
  });

  it("is the one whose words the agent takes up, though another spoke last", () => {
    const turns = said(["Ben", "My flight leaves at noon."], ["Ann", "Good."], ["", "The flight is on time."]);
    expect(whoseTurns(turns, "Ann")[2]).toEqual(["Ben"]);
  });

  it("is nobody alone where the agent sums up what several said", () => {
    const turns = said(
      ["Ben", "I am allergic to nuts."],
      ["Ann", "I am vegetarian."],
      ["", "Noted: nuts allergy and vegetarian."],
    );
    expect(whoseTurns(turns, "Ann")[2]).toEqual(["Ben", "Ann"]);
    for (const user of ["Ann", "Ben"]) expect(turnsOf(user, turns, "Ann").map(({ role }) => role)).toEqual(["user"]);
  });

  it("keeps two speakers' turns in the order in which they spoke", () => {
    const turns = said(["Ann", "One."], ["Ben", "Two."], ["Ann", "Three."], ["Ben", "Four."]);
    expect(turnsOf("Ann", turns, "Ann").map(({ text }) => text)).toEqual(["One.", "Three."]);
    expect(turnsOf("Ben", turns, "Ann").map(({ text }) => text)).toEqual(["Two.", "Four."]);
  });
});
