import type { LoopLateness } from "../loop-lateness.ts";
import type { Timing } from "../measure.ts";
import type { BenchResult } from "../run-suites.ts";
import type { EngineResult } from "../suites/engine.ts";
import type { MemoryResult } from "../suites/memory.ts";
import { count, figure, percent, table, times } from "./table.ts";

/** The result as tables, for people. */
export function benchTables(result: BenchResult): string {
  const { machine, rounds } = result;
  const parts = [
    `${machine.cpus} x ${machine.cpu}, Node ${machine.node}, ${machine.platform}. ` +
      `Load of the machine before ${machine.loadBefore.toFixed(1)}, after ${machine.loadAfter.toFixed(1)}.`,
    `Milliseconds; medians over ${rounds} interleaved runs.`,
  ];
  for (const engine of result.engine) parts.push(engineTable(engine));
  const rows: string[][] = [];
  for (const { documents, insert, loopLateness, bytesPerDocument, wordlessBytesPerDocument } of result.engine) {
    const size = `${count(documents)} documents`;
    const longest = figure(loopLateness.max);
    rows.push(
      [`insert in batches of 1,000, us a document, ${size}`, figure(insert.batchMicrosPerDocument), "", ""],
      [`insert one document a call, ${size}`, ...timing(insert.single)],
      [`event loop late while searching ${size} (longest ${longest})`, ...lateness(loopLateness)],
      [`bytes a document without its text, ${size}`, figure(bytesPerDocument), "", ""],
      [`the same without words either, ${size}`, figure(wordlessBytesPerDocument), "", ""],
    );
  }
  for (const { documents, insert, loadMs, loopLateness } of result.load)
    rows.push(
      [`load from SQLite, ${count(documents)} documents`, figure(loadMs), "", ""],
      [`event loop late meanwhile (longest ${figure(loopLateness.max)})`, ...lateness(loopLateness)],
      [
        `insert into SQLite, us a document, on disk, ${count(documents)} documents`,
        figure(insert.batchMicrosPerDocument),
        "",
        "",
      ],
    );
  if (result.embed !== undefined)
    rows.push([`embed a short query, ${result.embed.model}`, ...timing(result.embed.query)]);
  const { text } = result;
  if (text !== undefined)
    rows.push(
      [`real text, ${count(text.passages)} passages: recall@10 in percent`, percent(text.recallAt10), "", ""],
      ["real text: hybrid search, embedding included", ...timing(text.search)],
      ["real text: cut, embed and index, us a passage", figure(text.indexMicrosPerPassage), "", ""],
    );
  if (result.memory !== undefined) rows.push(...memoryRows(result.memory));
  if (rows.length > 0) parts.push(table(["measured", "p50", "p95", "p99"], rows));
  for (const what of result.notMeasured) parts.push(`Not measured: ${what}.`);
  return parts.join("\n\n");
}

function engineTable({ documents, dimensions, topK, search }: EngineResult): string {
  const title = `Search for the best ${topK} of ${count(documents)} documents, ${dimensions} dimensions, vectors given:`;
  const rows = search.map((measured) => [
    measured.name,
    ...timing(measured),
    times(measured.fasterThanLoop),
    times(measured.slowerThanSotto),
    measured.recallAt10 === undefined ? "" : percent(measured.recallAt10),
    measured.buildMs === undefined ? "" : figure(measured.buildMs / 1_000),
  ]);
  const header = ["", "p50", "p95", "p99", "loop / this", "this / Sotto", "recall@10", "build s"];
  return `${title}\n\n${table(header, rows)}`;
}

function memoryRows({ turns, recall }: MemoryResult): string[][] {
  const { loopLateness } = turns;
  const lanes = `${count(recall.orgDocuments)} org, ${count(recall.memories)} memories, ${count(recall.turns)} turns`;
  return [
    ["record a turn, on disk", ...timing(turns.commit)],
    ["record a turn, queued", ...timing(turns.queued)],
    ["the same with 5 ms between turns, on disk", ...timing(turns.paused.commit)],
    ["the same with 5 ms between turns, queued", ...timing(turns.paused.queued)],
    ["event loop late, idle", ...lateness(loopLateness.idle)],
    ["event loop late, recording on disk", ...lateness(loopLateness.commit)],
    ["event loop late, recording queued", ...lateness(loopLateness.queued)],
    [
      `event loop late, adding ${count(recall.ingested)} documents to an index (longest ${figure(recall.ingestLateness.max)})`,
      ...lateness(recall.ingestLateness),
    ],
    [`recall of four lanes (${lanes})`, ...timing(recall.alone)],
    [
      `the same in ${count(recall.sessions)} sessions at once, ${count(recall.recallsPerSecond)} a second`,
      ...timing(recall.together),
    ],
    ["share of a core that they got (1 or more on an idle machine)", figure(recall.coreShare), "", ""],
    ["recalls with a late or failed lane", count(recall.degraded), "", ""],
  ];
}

function timing({ p50, p95, p99 }: Timing): string[] {
  return [figure(p50), figure(p95), figure(p99)];
}

function lateness({ p50, p99 }: LoopLateness): string[] {
  return [figure(p50), "", figure(p99)];
}
