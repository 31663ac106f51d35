import { createEngine } from "../src/engine.ts";
import { memoryStorage } from "../src/storage.ts";

describe("the engine alone", () => {
  it("indexes and finds documents without a word of users or sessions", async () => {
    const engine = createEngine();
    await engine.createIndex("help", [
      { id: "returns", text: "You can return a router within 30 days." },
      { id: "hours", text: "Our shop is open from nine to five." },
    ]);
    const { hits } = await engine.query("help", "when is the shop open?");
    expect(hits[0]?.id).toBe("hours");
    await engine.close();
  });

  it("keeps its indexes in the store that it is given", async () => {
    const storage = memoryStorage();
    const first = createEngine({ storage, project: "shop" });
    await first.createIndex("help", [{ id: "a", text: "Call us on Monday." }]);
    await first.close();
    const second = createEngine({ storage, project: "shop" });
    expect((await second.listIndexes()).map(({ name }) => name)).toEqual(["help"]);
    const other = createEngine({ storage, project: "other" });
    expect(await other.listIndexes()).toEqual([]);
    await second.close();
    await other.close();
  });

  it("refuses an option that it does not have", () => {
    expect(() => createEngine({ retention: {} } as object)).toThrow(
      expect.objectContaining({ code: "argument.invalid", argument: "retention" }),
    );
  });
});
