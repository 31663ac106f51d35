import { createSotto, type Document, type Embedder, memoryStorage, type QueryOptions, type Sotto } from "@sotto/core";
import { hasPgvector, type TestPostgres } from "@sotto-internal/postgres";
import { migratePostgres, postgresStorage } from "../src/index.ts";
import { describeWithPostgres } from "./helpers/with-postgres.ts";

const DIMENSIONS = 32;

/** Numbers that are the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A direction for each word, and the sum of them for a text. */
const embedder: Embedder = {
  id: "words-of-a-test",
  dimensions: DIMENSIONS,
  calibration: { low: 0, high: 1 },
  defaultAlpha: 0.5,
  async embed(texts) {
    return texts.map((text) => {
      const vector = new Float32Array(DIMENSIONS);
      for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
        const random = randomNumbers([...word].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7));
        for (let i = 0; i < DIMENSIONS; i++) vector[i] = (vector[i] ?? 0) + random() - 0.5;
      }
      const length = Math.hypot(...vector);
      return length === 0 ? null : vector.map((value) => value / length);
    });
  },
};

const WORDS =
  "router bridge switch cable modem signal reset password account invoice refund order parcel window garden \
engine battery charger screen keyboard printer paper ticket train station flight hotel coffee sugar bread river mountain \
winter summer doctor hospital school teacher music guitar piano camera lens film".split(" ");

function documents(count: number, seed = 1): Document[] {
  const random = randomNumbers(seed);
  const word = () => WORDS[Math.floor(random() ** 2 * WORDS.length)] ?? "";
  return Array.from({ length: count }, (_, i) => ({
    id: `d${i}`,
    text: Array.from({ length: 8 + Math.floor(random() * 30) }, word).join(" "),
    ...(i % 3 === 0 ? { title: word() } : {}),
    ...(i % 5 === 0 ? { payload: { i } } : {}),
    metadata: {
      number: i,
      even: i % 2 === 0,
      word: word(),
      tags: [word(), word()],
      place: [random() * 10 + 45, random() * 10],
      ...(i % 4 === 0 ? { rare: "yes" } : {}),
    },
  }));
}

async function database(server: TestPostgres): Promise<string> {
  const url = await server.createDatabase();
  await server.sql("CREATE EXTENSION vector", new URL(url).pathname.slice(1));
  return url;
}

async function inBoth(url: string, docs: readonly Document[], chunking = {}) {
  const storage = postgresStorage(url, { searchable: true });
  const there = createSotto({ storage, embedder });
  const here = createSotto({ storage: memoryStorage(), embedder });
  const made = [
    await there.createIndex("i", docs, { searchable: true, ...chunking }),
    await here.createIndex("i", docs, chunking),
  ];
  return {
    there,
    here,
    storage,
    made,
    close: () => Promise.all([there.close(), here.close()]).then(() => storage.close()),
  };
}

async function hitsOf(sotto: Sotto, text: string, options: QueryOptions) {
  const { hits } = await sotto.query("i", text, options);
  return hits.map(({ score, explain, ...hit }) => ({
    ...hit,
    score: score.toFixed(4),
    ...(explain && {
      matchedTerms: explain.matchedTerms,
      bm25: explain.bm25.toFixed(3),
      cosine: explain.cosine?.toFixed(4),
    }),
  }));
}

if (hasPgvector) {
  describeWithPostgres((server) => {
    it("gives the hits and the scores that an index in the process gives", async () => {
      const { there, here, made, close } = await inBoth(await database(server()), documents(400));
      expect(made[0]).toMatchObject({ docCount: 400, chunkCount: 400 });
      const options: QueryOptions[] = [
        {},
        { topK: 20, explain: true },
        { alpha: 0, explain: true },
        { alpha: 1, explain: true },
        { minScore: 0.5 },
        { filter: { number: { $lt: 50 } } },
        { filter: { word: { $in: ["router", "coffee"] } } },
        { filter: { tags: "signal" }, topK: 50 },
        { filter: { tags: { $all: ["signal", "router"] } }, topK: 50 },
        { filter: { rare: { $exists: false }, even: true } },
        { filter: { $not: { word: { $gte: "m" } } } },
        { filter: { $or: [{ number: 7 }, { number: { $gt: 395 } }, { rare: { $ne: "yes" } }] } },
        { filter: { place: { $near: { point: [50, 5], radiusMeters: 200_000 } } }, topK: 100 },
        { filter: { number: "7" } },
      ];
      for (const text of ["router reset", "where is the doctor? and how much sugar", "winter mountain unknownword"]) {
        for (const each of options) {
          expect([text, each, await hitsOf(there, text, each)]).toEqual([text, each, await hitsOf(here, text, each)]);
        }
      }
      await close();
    }, 60_000);

    it("keeps its counts, its words and its passages through updates and deletions", async () => {
      const chunking = { chunking: { by: "size", maxChars: 100 } } as const;
      const { there, here, close } = await inBoth(await database(server()), documents(60), chunking);
      const same = async () => {
        const info = async (sotto: Sotto) => {
          const { docCount, chunkCount, embedderId } = await sotto.getIndex("i");
          return { docCount, chunkCount, embedderId };
        };
        expect(await info(there)).toEqual(await info(here));
        for (const options of [
          { explain: true, topK: 30 },
          { groupBy: "parent", topK: 10 },
        ] as const) {
          expect(await hitsOf(there, "router signal winter", options)).toEqual(
            await hitsOf(here, "router signal winter", options),
          );
        }
        expect(await there.getDocs("i", { limit: 1_000 })).toEqual(await here.getDocs("i", { limit: 1_000 }));
      };
      await same();
      for (const sotto of [there, here]) {
        expect(await sotto.addDocs("i", documents(20, 9))).toMatchObject({ added: 0, updated: 20 });
        expect(await sotto.addDocs("i", [{ id: "new", text: "a router in winter" }])).toMatchObject({
          added: 1,
          updated: 0,
        });
      }
      await same();
      for (const sotto of [there, here]) {
        await sotto.deleteDocs("i", ["d3", "d4", "unknown"]);
        await sotto.deleteDocs("i", { filter: { even: true } });
        await expect(sotto.addDocs("i", [{ id: "d1", text: "again" }], { upsert: false })).rejects.toMatchObject({
          code: "document.exists",
        });
      }
      await same();
      for (const sotto of [there, here]) {
        await sotto.createIndex("i", documents(10, 3), { ifExists: "replace" });
        await sotto.forget({ index: "i", documentIds: ["d1"] });
      }
      await same();
      await close();
    }, 60_000);

    it("writes a call with a known idempotency key once", async () => {
      const { there, close } = await inBoth(await database(server()), documents(5));
      const options = { idempotencyKey: "k" };
      expect(await there.addDocs("i", [{ id: "a", text: "one" }], options)).toMatchObject({ added: 1 });
      expect(await there.addDocs("i", [{ id: "b", text: "two" }], options)).toMatchObject({ added: 0 });
      expect((await there.getIndex("i")).docCount).toBe(6);
      await close();
    });

    it("is there for another process, loads nothing, and goes with deleteIndex", async () => {
      const url = await database(server());
      const { there, close } = await inBoth(url, documents(50));
      const storage = postgresStorage(url, { searchable: true });
      const other = createSotto({ storage, embedder });
      expect(await hitsOf(other, "router", {})).toEqual(await hitsOf(there, "router", {}));
      await there.addDocs("i", [{ id: "fresh", text: "zebra" }]);
      expect((await other.query("i", "zebra")).hits[0]?.id).toBe("fresh");
      expect((await other.listIndexes())[0]).toMatchObject({ name: "i", docCount: 51 });
      expect(await there.deleteIndex("i")).toBe(true);
      await other.unloadIndex("i");
      await expect(other.query("i", "router")).rejects.toMatchObject({ code: "index.not_found" });
      const left = await server().sql(
        "SELECT (SELECT count(*) FROM sotto.documents) + (SELECT count(*) FROM sotto.document_terms) + (SELECT count(*) FROM sotto.indexes)",
        new URL(url).pathname.slice(1),
      );
      expect(left.trim()).toBe("0");
      await other.close();
      await storage.close();
      await close();
    });

    it("keeps projects apart, in one table whose vector indexes do not multiply with tenants", async () => {
      const url = await database(server());
      const storage = postgresStorage(url, { searchable: true });
      const tenants = Array.from({ length: 12 }, (_, i) => createSotto({ storage, embedder, project: `tenant ${i}` }));
      await Promise.all(
        tenants.map((sotto, i) => sotto.createIndex("i", [{ id: `of ${i}`, text: "router" }], { searchable: true })),
      );
      for (const [i, sotto] of tenants.entries()) {
        const { hits } = await sotto.query("i", "router", { topK: 50 });
        expect(hits.map(({ id }) => id)).toEqual([`of ${i}`]);
      }
      const indexes = await server().sql(
        "SELECT count(*) FROM pg_class c JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'hnsw' AND c.relkind = 'i'",
        new URL(url).pathname.slice(1),
      );
      expect(Number(indexes)).toBe(8);
      await Promise.all(tenants.map((sotto) => sotto.close()));
      await storage.close();
    }, 30_000);

    it("is part of what recall finds", async () => {
      const { there, close } = await inBoth(await database(server()), [
        { id: "a", text: "The router is reset by holding its button for ten seconds." },
        { id: "b", text: "Refunds take five days." },
      ]);
      await there.createIndex("here", [{ id: "c", text: "A router needs a cable." }]);
      const { org } = await there.searchMemory("how do I reset the router", {
        user: "u",
        lanes: ["org"],
        timeoutMs: 20_000,
      });
      expect(org.map(({ id }) => id).toSorted()).toEqual(expect.arrayContaining(["a", "c"]));
      await close();
    });

    it("works for a role that owns nothing, and hides every row from other projects", async () => {
      const url = await database(server());
      const name = new URL(url).pathname.slice(1);
      await server().sql("CREATE ROLE app_of_search LOGIN PASSWORD 'x'");
      await migratePostgres(url, { searchable: true, dimensions: [DIMENSIONS], grantTo: "app_of_search" });
      const storage = postgresStorage(`postgres://app_of_search:x@127.0.0.1:${server().port}/${name}`, {
        migrate: false,
        searchable: true,
      });
      const sotto = createSotto({ storage, embedder });
      await sotto.createIndex("i", documents(20), { searchable: true });
      expect((await sotto.query("i", "router")).hits.length).toBeGreaterThan(0);
      const tables =
        "FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE c.relkind IN ('r', 'p') AND a.attname = 'project' AND c.relnamespace = 'sotto'::regnamespace";
      expect(
        (await server().sql(`SELECT count(*) ${tables} AND NOT (relrowsecurity AND relforcerowsecurity)`, name)).trim(),
      ).toBe("0");
      const seen = await server().sql(
        "SET ROLE app_of_search; SET sotto.project = 'other'; SELECT (SELECT count(*) FROM sotto.documents) + (SELECT count(*) FROM sotto.documents_3) + (SELECT count(*) FROM sotto.postings) + (SELECT count(*) FROM sotto.indexes)",
        name,
      );
      expect(seen.trim()).toBe("0");
      await sotto.close();
      await storage.close();
    });

    it("says what it needs where the store was not opened for it, or has no pgvector", async () => {
      const url = await server().createDatabase();
      const plain = postgresStorage(url);
      const sotto = createSotto({ storage: plain, embedder });
      await expect(sotto.createIndex("i", [], { searchable: true })).rejects.toMatchObject({
        code: "argument.invalid",
        message: expect.stringContaining("does not search documents itself"),
      });
      const without = postgresStorage(url, { searchable: true });
      const other = createSotto({ storage: without, embedder });
      await expect(other.createIndex("i", documents(1), { searchable: true })).rejects.toMatchObject({
        code: "storage.unavailable",
        message: expect.stringContaining("CREATE EXTENSION vector"),
      });
      await Promise.all([sotto.close(), other.close()]);
      await Promise.all([plain.close(), without.close()]);
    });
  });

  describeWithPostgres((server) => {
    it("finds by HNSW what looking at every vector finds, under filters too", async () => {
      const COUNT = 6_000;
      const docs = documents(COUNT, 5);
      const { there, here, close } = await inBoth(await database(server()), docs);
      const random = randomNumbers(77);
      // In the process, too, the nearest are found by codes first: these are looked at one by one.
      const vectors = await embedder.embed(
        docs.map(({ title, text }) => (title === undefined ? text : `${title}\n\n${text}`)),
        { kind: "document" },
      );
      const nearest = async (text: string, options: QueryOptions) => {
        const [question] = await embedder.embed([text], { kind: "query" });
        const below = options.filter === undefined ? COUNT : 30;
        const cosine = (n: number) =>
          vectors[n]?.reduce((sum, value, i) => sum + value * (question?.[i] ?? 0), 0) ?? -1;
        const scored = docs.slice(0, below).map(({ id }, n) => ({ id, score: cosine(n) }));
        return scored
          .toSorted((a, b) => b.score - a.score)
          .slice(0, 10)
          .map(({ id }) => id);
      };
      const recall = async (options: QueryOptions) => {
        let [found, wanted] = [0, 0];
        for (let i = 0; i < 20; i++) {
          const text = Array.from({ length: 3 }, () => WORDS[Math.floor(random() * WORDS.length)]).join(" ");
          const ids = async (sotto: Sotto) => {
            const { hits } = await sotto.query("i", text, { topK: 10, ...options });
            return hits.map(({ id }) => id);
          };
          const [near, exact] = [await ids(there), await (options.alpha === 1 ? nearest(text, options) : ids(here))];
          found += exact.filter((id) => near.includes(id)).length;
          wanted += exact.length;
        }
        return found / wanted;
      };
      const figures = {
        vectors: await recall({ alpha: 1 }),
        words: await recall({ alpha: 0 }),
        both: await recall({}),
        aQuarter: await recall({ filter: { rare: "yes" } }),
        few: await recall({ alpha: 1, filter: { number: { $lt: 30 } } }),
      };
      console.log(`recall@10 of ${COUNT} documents against exact: ${JSON.stringify(figures)}`);
      for (const figure of Object.values(figures)) expect(figure).toBeGreaterThanOrEqual(0.95);
      await close();
    }, 240_000);
  });
} else {
  it.skip("searches in the database: there is no pgvector on this machine", () => {});
}
