import { takeAll } from "../../steps.ts";
import { DocumentTable } from "./document-table.ts";

function filled(): DocumentTable {
  const table = new DocumentTable();
  for (let i = 0; i < 200; i++)
    table.add({
      id: `d${i}`,
      text: `text ${i} é 漢`,
      metadata: { i },
      payload: [i, null],
    });
  for (let i = 0; i < 3; i++)
    table.add({
      id: `p#${i}`,
      text: `part ${i}`,
      chunk: { parentId: "p", position: i },
    });
  table.add({
    id: "titled",
    text: "text",
    title: "Überschrift",
    metadata: { a: 1 },
    payload: null,
  });
  return table;
}

describe("DocumentTable", () => {
  it("gives documents back as they came in", () => {
    const table = filled();
    expect(table.document(7)).toEqual({ id: "d7", text: "text 7 é 漢", metadata: { i: 7 }, payload: [7, null] });
    expect(table.document(table.slotOf("p#2") as number)).toEqual({
      id: "p#2",
      text: "part 2",
      chunk: { parentId: "p", position: 2 },
    });
  });

  it("counts the chunks of a parent once, and knows them", () => {
    const table = filled();
    expect([table.size, table.parentCount]).toEqual([204, 202]);
    expect(table.chunkIdsOf("p")).toEqual(["p#0", "p#1", "p#2"]);
    table.remove("p#1");
    expect(table.chunkIdsOf("p")).toEqual(["p#0", "p#2"]);
    table.remove("p#0");
    table.remove("p#2");
    expect([table.hasParent("p"), table.parentCount]).toEqual([false, 201]);
  });

  it("never gives a slot out again, and zeroes what is removed", () => {
    const table = filled();
    const slot = table.remove("d3") as number;
    expect(table.text(slot)).toMatch(/^\0*$/);
    expect(table.add({ id: "d3", text: "again" })).toBe(204);
    expect(table.remove("unknown")).toBeUndefined();
  });

  it("compacts without changing a document or their order", () => {
    const table = filled();
    for (let i = 0; i < 200; i += 2) table.remove(`d${i}`);
    const before = [...table.ids()].map((id) => table.document(table.slotOf(id) as number));
    const { newSlotOf, commit } = takeAll(table.compact());
    commit();
    expect(newSlotOf[0]).toBe(-1);
    expect(newSlotOf[1]).toBe(0);
    expect(table.slotCount).toBe(104);
    expect(Array.from({ length: 104 }, (_, slot) => table.document(slot))).toEqual(before);
    expect(table.parentCount).toBe(102);
  });

  it("is the same after a round trip through bytes", () => {
    const table = filled();
    const copy = takeAll(DocumentTable.fromBytes(takeAll(table.toBytes())));
    const all = (each: DocumentTable) => Array.from({ length: each.slotCount }, (_, slot) => each.document(slot));
    expect(all(copy)).toEqual(all(table));
    expect([copy.size, copy.parentCount, copy.slotOf("d9")]).toEqual([204, 202, 9]);
    copy.add({ id: "more", text: "after" });
    expect(copy.text(204)).toBe("after");
  });

  it("reads a table of a version that had no titles", () => {
    const table = new DocumentTable();
    table.add({ id: "a", text: "one", metadata: { n: 1 } });
    table.add({
      id: "p#0",
      text: "two",
      chunk: { parentId: "p", position: 3 },
    });
    const parts = takeAll(table.toBytes());
    const numbers = new Uint32Array((parts[4] as Uint8Array).slice().buffer);
    const withoutTitle = numbers.filter((_, i) => i % 6 !== 5);
    const copy = takeAll(DocumentTable.fromBytes(parts.with(4, new Uint8Array(withoutTitle.buffer))));
    expect([copy.document(0), copy.document(1)]).toEqual([table.document(0), table.document(1)]);
  });

  it("names bytes that do not fit together", () => {
    const parts = takeAll(filled().toBytes());
    const damaged = [
      [],
      ...parts.map((part, n) => parts.with(n, part.subarray(0, part.length - 4))),
      parts.with(5, Uint8Array.of(...(parts[5] as Uint8Array), 0)),
    ];
    for (const each of damaged) {
      expect(() => takeAll(DocumentTable.fromBytes(each))).toThrow(
        expect.objectContaining({ code: "storage.corrupt" }),
      );
    }
  });
});
