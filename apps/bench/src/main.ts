import pc from "picocolors";
import { type BenchArguments, HELP, readArguments } from "./arguments.ts";
import { benchTables } from "./report/bench-tables.ts";
import { faultsTable } from "./report/faults-table.ts";
import { memoryQualityTables } from "./report/memory-quality-tables.ts";
import { terminalProgress } from "./report/progress.ts";
import { qualityTables } from "./report/quality-tables.ts";
import { runSuites } from "./run-suites.ts";
import { benchFaults } from "./suites/faults.ts";
import { benchMemoryQuality } from "./suites/memory-quality.ts";
import { benchQuality } from "./suites/quality.ts";

const USAGE_ERROR = 2;
/** What `faults` exits with when an attack got through. */
const FAULTS = 1;

async function main(): Promise<number> {
  let options: BenchArguments;
  try {
    options = readArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${pc.red((error as Error).message)}\n\n${HELP}\n`);
    return USAGE_ERROR;
  }
  if (options.help) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const progress = terminalProgress();
  try {
    process.stdout.write(`${await report(options, progress.say)}\n`);
    return 0;
  } finally {
    progress.done();
  }
}

async function report(options: BenchArguments, say: (message: string) => void): Promise<string> {
  if (options.command === "faults") {
    const rows = await benchFaults({ quick: options.quick, progress: say });
    if (rows.some(({ failures }) => failures > 0)) process.exitCode = FAULTS;
    return options.json ? JSON.stringify(rows) : faultsTable(rows);
  }
  if (options.command === "quality memory") {
    const { locomo, longMemEval, embedder, quick } = options;
    const result = await benchMemoryQuality({
      seeds: quick ? [1] : [1, 2, 3],
      ...(quick ? { count: 4 } : {}),
      ...(locomo === undefined ? {} : { locomo }),
      ...(longMemEval === undefined ? {} : { longMemEval }),
      embedder,
      progress: say,
    });
    return options.json ? JSON.stringify(result) : memoryQualityTables(result);
  }
  if (options.command === "quality") {
    const { sets, conversations, embedder, quick } = options;
    const result = await benchQuality({
      ...(sets === undefined ? {} : { sets }),
      conversationSeeds: conversations ? (quick ? [1] : [1, 2, 3]) : [],
      ...(quick ? { conversationCount: 4 } : {}),
      embedder,
      progress: say,
    });
    return options.json ? JSON.stringify(result) : qualityTables(result);
  }
  const result = await runSuites(options, say);
  return options.json ? JSON.stringify(result) : benchTables(result);
}

const code = await main();
if (code !== 0) process.exitCode = code;
