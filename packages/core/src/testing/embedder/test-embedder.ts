import assert from "node:assert/strict";
import type { Embedder, EmbedKind } from "../../engine/index.ts";
import type { TestRunner } from "../storage/test-storage.ts";
import { registerTokenTests } from "./test-token-states.ts";
import { assertSameVector, assertUnitVector, dot } from "./vector-assertions.ts";

export interface TestEmbedderOptions {
  /** Three texts that the model knows something of, each about something else. Default: English ones. */
  texts?: readonly [string, string, string];
  /** A text that the model knows nothing of: its vector must be `null`. Default: none, and `null` is never expected. */
  unknownText?: string;
  /**
   * Largest 1 - cosine between two vectors of one text. Default 1e-4. Models whose quantisation looks at the whole
   * batch need more.
   */
  tolerance?: number;
  /** What registers tests. Default: the globals `describe`, `it`, `beforeAll` and `afterAll`. */
  runner?: EmbedderTestRunner;
}

/** The functions of a test runner that the kit needs. */
export interface EmbedderTestRunner extends TestRunner {
  beforeAll(prepare: () => Promise<void>): void;
  afterAll(cleanUp: () => Promise<void>): void;
}

const ENGLISH = [
  "How long does a refund take to reach my bank account?",
  "The mountain was covered with snow until late in spring.",
  "Restart the router and wait until the green light is on.",
] as const;

/** Texts that no embedder may choke on; each has a vector or `null`. */
const UNUSUAL = [
  "",
  " \n\t",
  "?!…",
  "🙂🙃",
  "日本語のテキスト",
  "مرحبا بالعالم",
  "e\u0301\u0302\u0303",
  "\ud83d",
  "\u0000",
  "ﬁ ＡＢＣ №",
  "a".repeat(2_000),
];

/**
 * Registers the conformance tests of the Embedder port: what every implementation has in common, beyond what its types
 * say. `create` is called once, and what it made is disposed of at the end. The tests use the globals of the test
 * runner, as jest has them and vitest with `globals: true`; else pass them as `runner`.
 *
 * @example
 * testEmbedder("my model", () => myEmbedder(), { unknownText: "xqzzv" });
 */
export function testEmbedder(
  name: string,
  create: () => Embedder | Promise<Embedder>,
  options: TestEmbedderOptions = {},
): void {
  const { texts = ENGLISH, unknownText, tolerance = 1e-4 } = options;
  const { describe, it, beforeAll, afterAll } = options.runner ?? (globalThis as unknown as EmbedderTestRunner);
  if (typeof describe !== "function" || typeof it !== "function") {
    throw new Error("testEmbedder found no global describe and it: pass those of the test runner as options.runner");
  }

  describe(`${name}, as an Embedder`, () => {
    let embedder: Embedder;

    beforeAll(async () => {
      embedder = await create();
    });

    afterAll(async () => {
      await embedder?.dispose?.();
    });

    const embed = (list: readonly string[], kind: EmbedKind = "document") => embedder.embed(list, { kind });

    it("describes itself", async () => {
      const { id, dimensions, calibration, defaultAlpha = 0.5 } = embedder;
      assert.ok(typeof id === "string" && id !== "", "id should be a name");
      assert.ok(
        dimensions % 8 === 0 && dimensions >= 8 && dimensions <= 4096,
        `dimensions should be a multiple of 8 from 8 to 4096, but is ${dimensions}`,
      );
      const { low, high } = calibration;
      assert.ok(
        low >= -1 && low < high && high <= 1,
        `calibration should have -1 <= low < high <= 1, but is ${JSON.stringify(calibration)}`,
      );
      assert.ok(defaultAlpha >= 0 && defaultAlpha <= 1, `defaultAlpha should be in [0, 1], but is ${defaultAlpha}`);
    });

    it("can be prewarmed, and again", async () => {
      await Promise.all([embedder.prewarm?.(), embedder.prewarm?.()]);
      await embedder.prewarm?.();
    });

    for (const kind of ["query", "document"] as const) {
      it(`gives each ${kind} a vector of length 1 of its dimensions`, async () => {
        const vectors = await embed(texts, kind);
        assert.equal(vectors.length, texts.length);
        for (const [i, text] of texts.entries()) assertUnitVector(vectors[i], embedder, text);
      });
    }

    it("gives different texts different vectors", async () => {
      const [a, b, c] = await embed(texts);
      assert.ok(a && b && c);
      for (const cosine of [dot(a, b), dot(b, c), dot(a, c)])
        assert.ok(cosine < 1 - tolerance, `two texts have the cosine ${cosine}`);
    });

    it("answers in the order of the texts", async () => {
      const vectors = await embed(texts);
      for (const [i, text] of texts.entries()) assertSameVector(vectors[i], (await embed([text]))[0], tolerance, text);
    });

    it("answers an empty list with an empty list", async () => {
      assert.equal((await embed([])).length, 0);
    });

    it("gives the same text the same vector every time", async () => {
      const [first] = await embed([texts[0]]);
      await embed([texts[1]], "query");
      const [again] = await embed([texts[0]]);
      assertSameVector(again, first, 1e-6, "the second time");
    });

    it("gives a text the same vector alone and in a list of any lengths", async () => {
      const list = Array.from({ length: 40 }, (_, i) => `${texts[i % 3]} `.repeat(1 + (i % 7)).trim());
      const together = await embed(list);
      for (const i of [0, 1, 6, 20, 39]) {
        const [alone] = await embed([list[i] ?? ""]);
        assertSameVector(together[i], alone, tolerance, `text ${i} of 40`);
      }
    });

    it("gives vectors that are the caller's own", async () => {
      const [first] = await embed([texts[0]]);
      const [copy] = [first && new Float32Array(first)];
      first?.fill(0);
      const [again] = await embed([texts[0]]);
      assertSameVector(again, copy, 1e-6, "after the caller changed the first");
    });

    it("does not mix concurrent calls", async () => {
      const calls = Array.from({ length: 12 }, (_, i) =>
        embed([texts[i % 3] ?? "", texts[(i + 1) % 3] ?? ""], i % 2 === 0 ? "query" : "document"),
      );
      const expected = { query: await embed(texts, "query"), document: await embed(texts) };
      for (const [i, vectors] of (await Promise.all(calls)).entries()) {
        const kind = i % 2 === 0 ? "query" : "document";
        assertSameVector(vectors[0], expected[kind][i % 3], tolerance, `call ${i}`);
        assertSameVector(vectors[1], expected[kind][(i + 1) % 3], tolerance, `call ${i}`);
      }
    });

    it("does not let word weights touch documents", async () => {
      const [plain] = await embed([texts[0]]);
      const [weighed] = await embedder.embed([texts[0]], {
        kind: "document",
        wordWeights: (word) => (word.length > 4 ? 1 : 0),
      });
      assertSameVector(weighed, plain, 1e-6, "a document with word weights");
    });

    it("gives a query a vector whatever the word weights", async () => {
      for (const weight of [0, 0.3, 1]) {
        const [vector] = await embedder.embed([texts[0]], { kind: "query", wordWeights: () => weight });
        assertUnitVector(vector, embedder, texts[0]);
      }
    });

    it("embeds a text of 100,000 characters", async () => {
      const text = `${texts[0]} `.repeat(100_000 / (texts[0].length + 1));
      const [vector] = await embed([text]);
      assertUnitVector(vector, embedder, text);
    });

    it("has a vector or null for empty, odd and foreign texts", async () => {
      const vectors = await embed(UNUSUAL);
      assert.equal(vectors.length, UNUSUAL.length);
      for (const [i, text] of UNUSUAL.entries()) {
        if (vectors[i] !== null) assertUnitVector(vectors[i], embedder, text);
        const [alone] = await embed([text]);
        assertSameVector(alone, vectors[i], tolerance, JSON.stringify(text.slice(0, 60)));
      }
    });

    if (unknownText !== undefined) {
      it("has null for a text that it knows nothing of, and only for that", async () => {
        const [before, unknown, after] = await embed([texts[0], unknownText, texts[1]]);
        assertUnitVector(before, embedder, texts[0]);
        assert.equal(unknown, null);
        assertUnitVector(after, embedder, texts[1]);
      });
    }

    it("rejects with the reason of a signal that is aborted, and goes on working", async () => {
      const reason = new Error("the caller hung up");
      await assert.rejects(
        embedder.embed(texts, { kind: "query", signal: AbortSignal.abort(reason) }),
        (error) => error === reason,
      );
      assertUnitVector((await embed(texts))[0], embedder, texts[0]);
    });

    it("rejects with the reason of a signal that is aborted meanwhile, or finishes", async () => {
      const controller = new AbortController();
      const reason = new Error("the caller hung up");
      const running = embedder.embed(
        Array.from({ length: 300 }, (_, i) => `${texts[i % 3]} ${i}`),
        { kind: "document", signal: controller.signal },
      );
      controller.abort(reason);
      const outcome = await running.catch((error: unknown) => error);
      if (Array.isArray(outcome)) assert.equal(outcome.length, 300);
      else assert.equal(outcome, reason);
      assertUnitVector((await embed(texts))[0], embedder, texts[0]);
    });

    it("says, where it can, what share of a text it knows", async () => {
      await embedder.prewarm?.();
      if (embedder.coverage === undefined) return;
      for (const text of [...texts, ...UNUSUAL]) {
        const share = embedder.coverage(text);
        assert.ok(share >= 0 && share <= 1, `the share known of ${JSON.stringify(text.slice(0, 60))} is ${share}`);
      }
      for (const text of texts) assert.ok(embedder.coverage(text) > 0, `it knows nothing of ${JSON.stringify(text)}`);
      assert.equal(embedder.coverage(""), 0);
      if (unknownText !== undefined) assert.equal(embedder.coverage(unknownText), 0);
    });

    registerTokenTests(() => embedder, { texts, tolerance, it });

    it("gives the same vector at once, where it can, as by promise", async () => {
      await embedder.prewarm?.();
      if (embedder.embedQuerySync === undefined) return;
      const wordWeights = (word: string) => (word.length > 4 ? 1 : 0.2);
      for (const text of [...texts, ...UNUSUAL]) {
        const [plain] = await embed([text], "query");
        assertSameVector(embedder.embedQuerySync(text), plain, 1e-6, text.slice(0, 60));
        const [weighed] = await embedder.embed([text], { kind: "query", wordWeights });
        assertSameVector(
          embedder.embedQuerySync(text, { wordWeights }),
          weighed,
          1e-6,
          `${text.slice(0, 60)}, weighed`,
        );
      }
    });
  });
}
