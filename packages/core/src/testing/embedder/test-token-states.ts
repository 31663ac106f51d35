import assert from "node:assert/strict";
import { type Embedder, maxSim } from "../../engine/index.ts";
import { assertSameVector } from "./vector-assertions.ts";

interface TokenTests {
  texts: readonly [string, string, string];
  tolerance: number;
  it(name: string, test: () => Promise<void>): void;
}

/** Registers what holds for token states; nothing is asked of an embedder without them. */
export function registerTokenTests(embedder: () => Embedder, { texts, tolerance, it }: TokenTests): void {
  it("gives token states, where it has them, with the vectors of embed", async () => {
    const { tokens } = embedder();
    if (tokens === undefined) return;
    assert.ok(tokens.id !== "" && tokens.dimensions % 8 === 0 && tokens.bytesPerToken === tokens.dimensions / 8);
    assert.ok(tokens.calibration.low < tokens.calibration.high);
    const documents = await tokens.embedDocuments(texts);
    assert.equal(documents.length, texts.length);
    const vectors = await embedder().embed(texts, { kind: "document" });
    for (const [i, { vector, codes }] of documents.entries()) {
      assertSameVector(vector, vectors[i], tolerance, `the vector beside the codes of text ${i}`);
      assert.ok(
        codes.length > 0 && codes.length % tokens.bytesPerToken === 0,
        `${codes.length} bytes are no whole tokens`,
      );
    }
    const query = await tokens.embedQuery(texts[0]);
    const [vector] = await embedder().embed([texts[0]], { kind: "query" });
    assertSameVector(query.vector, vector, tolerance, "the vector beside the tokens of a query");
    assert.ok(query.tokens.length > 0 && query.tokens.length % tokens.dimensions === 0);
    assert.deepEqual(await tokens.embedDocuments([]), []);
  });

  it("scores by its token states, where it has them, a text above others for itself", async () => {
    const { tokens } = embedder();
    if (tokens === undefined) return;
    const documents = await tokens.embedDocuments(texts);
    for (const [i, text] of texts.entries()) {
      const query = maxSim((await tokens.embedQuery(text)).tokens, tokens.dimensions);
      const scores = documents.map(({ codes }) => query.score(codes));
      for (const score of scores) assert.ok(score >= -1 && score <= 1, `a score is ${score}`);
      assert.equal(scores.indexOf(Math.max(...scores)), i, `text ${i} is not the best for itself`);
    }
  });

  it("gives a text the same token states alone and in a list", async () => {
    const { tokens } = embedder();
    if (tokens === undefined) return;
    const together = await tokens.embedDocuments([texts[1], `${texts[0]} ${texts[2]}`, texts[0]]);
    const [alone] = await tokens.embedDocuments([texts[0]]);
    assert.deepEqual(together[2]?.codes, alone?.codes);
  });

  it("leaves the tokens of ignored words out of a query, but not all, and its vector alone", async () => {
    const { tokens } = embedder();
    if (tokens === undefined) return;
    const all = await tokens.embedQuery(texts[0]);
    const fewer = await tokens.embedQuery(texts[0], { ignore: (word) => word.length <= 4 });
    assert.ok(fewer.tokens.length > 0 && fewer.tokens.length < all.tokens.length);
    assertSameVector(fewer.vector, all.vector, 1e-6, "the vector with ignored words");
    const none = await tokens.embedQuery(texts[0], { ignore: () => true });
    assert.equal(none.tokens.length, all.tokens.length);
  });

  it("has token states or none for an empty text, and rejects with the reason of an aborted signal", async () => {
    const { tokens } = embedder();
    if (tokens === undefined) return;
    const [empty] = await tokens.embedDocuments([""]);
    assert.equal((empty?.codes.length ?? 0) % tokens.bytesPerToken, 0);
    assert.equal((await tokens.embedQuery("")).tokens.length % tokens.dimensions, 0);
    const reason = new Error("the caller hung up");
    const signal = AbortSignal.abort(reason);
    await assert.rejects(tokens.embedDocuments(texts, { signal }), (error) => error === reason);
    await assert.rejects(tokens.embedQuery(texts[0], { signal }), (error) => error === reason);
  });
}
