import { load } from "../../load.ts";

const loadAs = async (name: string, text: string) => {
  const { documents, report } = await load(Buffer.from(text), { name });
  return { report, texts: documents.map(({ text: own }) => own) };
};

it("finds the rows of YAML and TOML as it finds those of JSON", async () => {
  const yaml = "shop: Ulm\nparts:\n  - name: Belt\n    sizes: [S, M]\n  - name: Drum\n    price: 12.5\n";
  expect((await loadAs("a.yaml", yaml)).texts).toEqual(["name: Belt\nsizes: S, M", "name: Drum\nprice: 12.5"]);
  const toml = '[[parts]]\nname = "Belt"\n[[parts]]\nname = "Drum"\n';
  expect((await loadAs("a.toml", toml)).texts).toEqual(["name: Belt", "name: Drum"]);
  expect((await loadAs("a.yml", "text: one\n---\ntext: two\n")).texts).toEqual(["one", "two"]);
});

it("keeps what is no YAML or TOML as text, and says so", async () => {
  for (const [name, text] of [
    ["a.yaml", "a: [b\nc: 'd"],
    ["a.toml", "a = = b"],
  ] as const) {
    const { texts, report } = await loadAs(name, text);
    expect(texts).toEqual([text]);
    expect(report.leftOut).toMatchObject([
      { reason: "read as written", what: expect.stringContaining("kept as plain text") },
    ]);
  }
});

it("says that a name given twice lost a value", async () => {
  const { report } = await loadAs("a.yaml", "name: Belt\nname: Drum\n");
  expect(report.leftOut).toMatchObject([
    { place: "line 2", reason: "bad row", what: expect.stringContaining("twice") },
  ]);
});

it("leaves comments out and names them", async () => {
  const yaml = await loadAs("a.yaml", "# made by hand\nparts:\n  - name: Belt # old\n  - name: 'Drum # 2'\n");
  expect(yaml.texts).toEqual(["name: Belt", "name: Drum # 2"]);
  expect(yaml.report.leftOut.map(({ reason, chars }) => [reason, chars])).toEqual([
    ["comment", 10],
    ["comment", 3],
  ]);
  const toml = await loadAs("a.toml", 'x = "a # b" # old\n# new\ny = """\n# text"""\n');
  expect(toml.report.leftOut).toEqual([
    { place: "line 1", reason: "comment", chars: 3 },
    { place: "line 2", reason: "comment", chars: 3 },
  ]);
});

it("refuses aliases that unfold without end", async () => {
  const bomb = [
    "a: &a [x, x, x, x, x, x, x, x, x, x]",
    ...Array.from("bcdefgh", (name, n) => `${name}: &${name} [${new Array(10).fill(`*${"abcdefg"[n]}`).join(", ")}]`),
  ];
  await expect(loadAs("a.yaml", bomb.join("\n"))).rejects.toMatchObject({ code: "loader.unreadable" });
});
