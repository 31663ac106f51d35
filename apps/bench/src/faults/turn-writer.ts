// Records turns of one user until it is killed, several at once, and prints what was acknowledged.
// Arguments: folder of the store, what every text begins with, ids of the sessions.
import { createSotto } from "@sotto/core";

const [folder = "", prefix = "", ...sessions] = process.argv.slice(2);
const sotto = createSotto({ storage: folder, logger: { warn() {}, error() {} } });

await Promise.all(
  sessions.map(async (session) => {
    for (let n = 0; ; n++) {
      const text = `${prefix} ${session} ${n}.`;
      const id = await sotto.recordTurn({ user: "ann", session, role: "user", text });
      console.log(JSON.stringify(id === null ? { refused: text } : { text }));
    }
  }),
);
