// Forgets a user and says so, unless it is killed before. Argument: folder of the store.
import { createSotto } from "@sotto/core";

const [folder = ""] = process.argv.slice(2);
const sotto = createSotto({ storage: folder, logger: { warn() {}, error() {} } });
console.log("begun");
await sotto.forget({ user: "ann" });
console.log("forgotten");
await sotto.close();
