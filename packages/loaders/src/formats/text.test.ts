import { load } from "../load.ts";

it("takes a text file as it is", async () => {
  const { documents } = await load(Buffer.from("Opening hours:\r\n9 to 5"), { name: "hours.txt" });
  expect(documents).toMatchObject([{ id: "hours.txt", text: "Opening hours:\n9 to 5" }]);
});

it("knows a text by its bytes where its name does not tell", async () => {
  expect((await load(Buffer.from("Ring twice."), { name: "NOTES" })).report.type).toBe("text");
  expect((await load(Buffer.from('[{"a":"b"}]'))).report.type).toBe("json");
  expect((await load(Buffer.from("<!doctype html><p>x"))).report.type).toBe("html");
  await expect(load(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), { name: "a.png" })).rejects.toMatchObject({
    code: "loader.unknown_type",
  });
});
