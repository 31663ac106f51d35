// A call that goes on until it is killed; prints the id of each turn once it is acknowledged.
import { initializeLogger, voice } from "@livekit/agents";
import { createSotto } from "@sotto/core";
import { recordSession } from "../../src/index.ts";
import { textSession } from "./calls.ts";
import { broken } from "./sottos.ts";

initializeLogger({ pretty: false, level: "silent" });

const storage = process.argv[2];
if (storage === undefined) throw new Error("name a directory");
const sotto = createSotto({ storage });
const printing = broken(sotto, {
  recordTurn: async (turn) => {
    const id = await sotto.recordTurn(turn);
    if (id !== null) console.log(id);
    return id;
  },
});
const session = textSession({ llm: new voice.testing.FakeLLM([{ input: "go on", content: "And then?" }]) });
recordSession(session, { sotto: printing, user: "ada", session: "call-1" });
await session.start({ agent: new voice.Agent({ instructions: "Listen." }) });
for (;;) await session.run({ userInput: "go on" }).wait();
