// One of several processes that write to one index at once: adds 60 documents of its own and updates 20 shared ones, then
// says what it sees. The package's own default storage, by folder. Arguments: folder, number of this writer.
import { createSotto } from "@sotto/core";

const [folder, writer] = process.argv.slice(2) as [string, string];
const sotto = createSotto({ storage: folder });
await sotto.createIndex("shared", []);
const jobs: Promise<unknown>[] = [];
for (let i = 0; i < 20; i++) {
  const own = [0, 1, 2].map((n) => ({
    id: `${writer}-${i}-${n}`,
    text: `note ${n} of round ${i}, ticket W${writer}-${i}-${n}`,
  }));
  jobs.push(
    sotto.addDocs("shared", [...own, { id: `both-${i}`, text: `round ${i}, last changed by writer ${writer}` }]),
  );
  if (i % 5 === 4) await Promise.all(jobs);
}
await Promise.all(jobs);
await sotto.deleteDocs("shared", [`${writer}-0-0`]);
const { hits } = await sotto.query("shared", `W${writer}-19-2`, { topK: 1 });
process.stdout.write(JSON.stringify({ found: hits[0]?.id }));
await sotto.close();
