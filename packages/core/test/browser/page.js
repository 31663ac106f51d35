import { createSotto } from "@sotto/core";
import { answer } from "./corpus.js";

try {
  const sotto = createSotto({ project: "browser" });
  globalThis.result = { answers: await answer(sotto) };
  await sotto.close();
} catch (error) {
  globalThis.result = { error: `${error.stack ?? error}` };
}
