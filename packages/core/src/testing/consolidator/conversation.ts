import type { ConsolidationInput } from "../../consolidation/index.ts";
import type { Turn } from "../../session/index.ts";

const START = Date.UTC(2026, 2, 4, 10);

const spoken: readonly [Turn["role"], string, Partial<Turn>?][] = [
  ["assistant", "Good morning, how can I help?"],
  ["user", "Hello."],
  ["assistant", "Hello!"],
  ["user", "I no longer live in Oslo, I moved to Bergen in January."],
  ["assistant", "I have changed your address to Bergen."],
  ["user", "My daughter is called Mia and she is allergic to nuts."],
  ["assistant", "I will remember that Mia must not", { interrupted: true }],
  ["user", "And please deliver on Fridays only: order 4471-B is for her birthday."],
  ["assistant", "Fridays only, order 4471-B."],
  ["user", "Thanks, bye."],
];

/** A call with a greeting, a correction of what is known, facts, a number and an interrupted answer. Made anew for every test. */
export function conversation(): ConsolidationInput {
  const turns = spoken.map(([role, text, more], n): Turn => {
    const speaker = role === "user" ? { speaker: "ann", speakerName: "Ann" } : {};
    return { id: `t${n}`, sessionId: "call-1", role, text, at: START + n * 5_000, ...speaker, ...more };
  });
  return {
    sessionId: "call-1",
    user: { id: "ann", name: "Ann" },
    turns,
    profile: {
      data: { name: "Ann", city: "Oslo" },
      summary: "name: Ann\ncity: Oslo",
      version: 1,
      updatedAt: START - 86_400_000,
    },
    known: [{ id: "known-1", kind: "fact", text: "Ann lives in Oslo.", provenance: [], validFrom: START - 86_400_000 }],
  };
}
