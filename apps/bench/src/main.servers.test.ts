import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the bench as `npm run bench` does. */
function bench(...args: string[]): Promise<Ended> {
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const flags = ["--expose-gc", "--disable-warning=ExperimentalWarning", main];
  return new Promise((resolve) => {
    execFile(process.execPath, [...flags, ...args], { maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
    );
  });
}

const timing = { p50: expect.any(Number), samplesPerRound: expect.any(Number) };

describe("npm run bench", () => {
  it("prints one JSON object with every figure, and nothing else", async () => {
    const sizes = ["--quick", "--documents", "300,400", "--rounds", "1", "--queries", "5"];
    const { code, stdout, stderr } = await bench("--json", ...sizes, "--only", "engine,load,embed");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const result = JSON.parse(stdout);
    expect(result.engine.map(({ documents }: { documents: number }) => documents)).toEqual([300, 400]);
    const [engine] = result.engine;
    for (const name of ["Sotto, hybrid", "Sotto, dense", "Sotto, BM25", "JavaScript float32 loop", "SQLite FTS5"]) {
      const measured = { name, ...timing, fasterThanLoop: expect.any(Number), slowerThanSotto: expect.any(Number) };
      expect(engine.search).toContainEqual(expect.objectContaining(measured));
    }
    const dense = engine.search.find(({ name }: { name: string }) => name === "Sotto, dense");
    expect(dense.recallAt10).toBeGreaterThan(0.9);
    const loop = engine.search.find(({ name }: { name: string }) => name === "JavaScript float32 loop");
    expect(loop.fasterThanLoop).toBe(1);
    expect(engine.insert).toMatchObject({ batchMicrosPerDocument: expect.any(Number), single: timing });
    expect(engine.loopLateness).toMatchObject({ p50: expect.any(Number), max: expect.any(Number) });
    expect(engine.insert.totalMs).toBeGreaterThan(0);
    expect(engine.bytesPerDocument).toBeGreaterThan(436);
    expect(result.load).toMatchObject([
      { documents: 300, loadMs: expect.any(Number), loopLateness: { max: expect.any(Number) } },
      { documents: 400, loadMs: expect.any(Number), loopLateness: { max: expect.any(Number) } },
    ]);
    expect(result.embed.query).toMatchObject(timing);
  }, 120_000);

  it("measures real text, and memory without a lane that is late or fails", async () => {
    const sizes = ["--quick", "--documents", "200", "--rounds", "1", "--queries", "5"];
    const { code, stdout } = await bench("--json", ...sizes, "--only", "text,memory");
    expect(code).toBe(0);
    const { text, memory } = JSON.parse(stdout);
    expect(text.recallAt10).toBeGreaterThan(0.9);
    expect(memory.turns).toMatchObject({ commit: timing, queued: timing });
    expect(memory.turns.loopLateness.idle).toMatchObject({ p99: expect.any(Number) });
    expect(memory.recall).toMatchObject({ orgDocuments: 200, alone: timing, together: timing, degraded: 0 });
  }, 120_000);

  it("prints tables for people", async () => {
    const { stdout } = await bench("--documents", "200", "--rounds", "1", "--queries", "5", "--only", "engine");
    expect(stdout).toMatch(/^Search for the best 5 of 200 documents, 384 dimensions, vectors given:$/m);
    expect(stdout).toMatch(/^Sotto, hybrid +[\d.]+/m);
    expect(stdout).toMatch(/^bytes a document without its text, 200 documents +[\d.]+$/m);
  }, 60_000);

  it("measures retrieval quality on sets and on generated conversations", async () => {
    const directory = await mkdtemp(join(tmpdir(), "sotto-bench-test-"));
    try {
      const words = ["router", "invoice", "refund", "parcel"];
      const corpus = words.map((word) => ({ id: word, text: `about the ${word}`, full: `all about the ${word}` }));
      const queries = words.map((word) => ({ id: `q-${word}`, text: `what of my ${word}` }));
      const qrels = Object.fromEntries(words.map((word) => [`q-${word}`, { [word]: 1 }]));
      await writeFile(join(directory, "tiny.ir.json"), JSON.stringify({ name: "tiny", corpus, queries, qrels }));
      const { code, stdout } = await bench("quality", "--sets", directory, "--conversations", "--quick", "--json");
      expect(code).toBe(0);
      const result = JSON.parse(stdout);
      expect(result.embedder).toBe("static-v2");
      const queryMs = { p50: expect.any(Number), p95: expect.any(Number) };
      expect(result.sets[0]).toEqual({ name: "tiny", documents: 4, queries: 4, groups: 1, queryMs });
      const tiny = result.alphas.filter(({ set }: { set: string }) => set === "tiny");
      expect(tiny.map(({ alpha }: { alpha: number }) => alpha)).toEqual([0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 1, "own"]);
      expect(tiny[0]).toMatchObject({ "nDCG@10": 1, "recall@5": 1, "recall@10": 1, "MRR@10": 1 });
      expect(result.neighbours[0]).toMatchObject({ weights: [0, 0], recallAt10ByKind: { full: expect.any(Number) } });
      expect(result.abstention[0]).toMatchObject({ set: "tiny", atLeast: expect.any(Array) });
    } finally {
      await rm(directory, { recursive: true });
    }
  }, 60_000);

  it("says what is wrong with its arguments", async () => {
    expect((await bench("--help")).stdout).toMatch(/--documents LIST/);
    expect(await bench("--only", "engine,nothing")).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/there is no suite "nothing"/),
    });
    expect((await bench("quality")).stderr).toMatch(/quality needs --sets DIR or --conversations/);
    expect((await bench("quality", "--conversations", "--embedder", "huge")).stderr).toMatch(
      /there is no embedder "huge"/,
    );
    expect((await bench("--documents", "ten")).stderr).toMatch(/ten is not a whole number from 100/);
    expect((await bench("--what")).code).toBe(2);
  });
});
