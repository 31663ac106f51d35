import { multilingual } from "@sotto/embed-multilingual";
import { percentiles } from "./quality.ts";

/** Loading, questions and documents, in this process and on one thread. Run it in a process of its own. */
export async function measureSpeed() {
  const memoryBefore = process.memoryUsage.rss();
  const late = latenesses();
  const start = performance.now();
  const embedder = multilingual();
  await embedder.embed(["When?"], { kind: "query" });
  const loadMs = performance.now() - start;
  const loopHeldMs = late.stop();

  const times: number[] = [];
  for (let i = 0; i < 2_000; i++) {
    const began = performance.now();
    await embedder.embed([`How long can I send the router ${i} back?`], { kind: "query" });
    times.push(performance.now() - began);
  }
  const document =
    "The customer may return the router within thirty days, and the bank pays the money back to the card in a week.";
  const documents = Array.from({ length: 500 }, (_, i) => `${document} ${i}`);
  const lateAgain = latenesses();
  const began = performance.now();
  await embedder.embed(documents, { kind: "document" });
  const documentsASecond = (1_000 * documents.length) / (performance.now() - began);
  const [p50 = 0, p99 = 0] = percentiles(times, [0.5, 0.99]);
  return {
    loadMs,
    loopHeldMs,
    queryP50Ms: p50,
    queryP99Ms: p99,
    documentsASecond,
    documentsLoopHeldMs: lateAgain.stop(),
    memoryMb: (process.memoryUsage.rss() - memoryBefore) / 1e6,
  };
}

/** How long the event loop was held: the longest time between two turns. */
function latenesses(): { stop(): number } {
  let [last, longest] = [performance.now(), 0];
  let going = true;
  const tick = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    if (going) setImmediate(tick);
  };
  setImmediate(tick);
  return {
    stop() {
      going = false;
      return longest;
    },
  };
}
