import { modelUrl } from "../../test/packaged-model.ts";
import { readJson } from "../../test/read-json.ts";
import { loadModel } from "../model/load-model.ts";
import type { Tokenizer } from "./tokenizer.ts";

let tokenizer: Tokenizer;
beforeAll(async () => {
  ({ tokenizer } = await loadModel(modelUrl));
});

describe("Tokenizer", () => {
  const examples = readJson<{ text: string; pieces: number[] }[]>("examples.json");
  it.each(examples)("gives $text the pieces of the model itself", ({ text, pieces }) => {
    expect(tokenizer.encode(text, 512)).toEqual(pieces);
  });

  // Written by sentencepiece 0.2 with the same vocabulary: pieces joined at random, characters of many scripts, white
  // space and controls of every kind, marks apart from their letters.
  const cases = readJson<{ text: string; pieces: number[] }[]>("sentencepiece.json");
  it(`gives the pieces that SentencePiece gives, for ${cases.length} texts that are hard`, () => {
    const differing = cases.filter(
      ({ text, pieces }) => tokenizer.encode(text, 4_096).slice(1, -1).join() !== pieces.join(),
    );
    expect(differing).toEqual([]);
  });

  it("stops after as many pieces as are wanted, and closes the text there", () => {
    const all = tokenizer.encode("How long can I send the router back?", 512);
    expect(tokenizer.encode("How long can I send the router back?", 8)).toEqual([...all.slice(0, 7), 2]);
    expect(tokenizer.encode("How long can I send the router back? ".repeat(10_000), 512)).toHaveLength(512);
  });

  it("comes to an end with a word without end", () => {
    expect(tokenizer.encode("ab".repeat(100_000), 512)).toHaveLength(512);
    expect(tokenizer.encode("🙂".repeat(100_000), 512)).toEqual([1, 6, 0, 2]);
  });

  it("takes half a character as one that is unknown", () => {
    expect(tokenizer.encode("a\ud83d", 512)).toEqual(tokenizer.encode("a\ufffd", 512));
  });
});

describe("coverage", () => {
  it.each([
    ["English", "When will my parcel be delivered?"],
    ["German", "Wann wird mein Paket geliefert?"],
    ["Turkish", "Paketim ne zaman teslim edilecek?"],
    ["Arabic", "متى سيتم تسليم طردي؟"],
    ["Chinese", "我的包裹什么时候送到？"],
    ["Japanese", "荷物はいつ届きますか。"],
    ["Korean", "제 소포가 언제 배달되는지 알고 싶습니다."],
    ["Thai", "พัสดุของฉันจะถูกส่งเมื่อใด"],
    ["Russian", "Когда будет доставлена моя посылка?"],
  ])("is nearly all of a text in %s", (_, text) => {
    expect(tokenizer.coverage(text)).toBeGreaterThan(0.85);
  });

  it.each([
    ["Hindi", "मेरा पार्सल कब पहुँचेगा?"],
    ["Greek", "Πότε θα παραδοθεί το δέμα μου;"],
    ["Hebrew", "מתי החבילה שלי תגיע?"],
    ["Vietnamese", "Khi nào bưu kiện của tôi sẽ được giao?"],
  ])("is less than half of a text in %s", (_, text) => {
    expect(tokenizer.coverage(text)).toBeLessThan(0.55);
  });

  it("is nothing of a text without letters", () => {
    expect(tokenizer.coverage("")).toBe(0);
    expect(tokenizer.coverage("4471 / 12-50")).toBe(0);
  });

  it("counts words of one letter", () => {
    expect(tokenizer.coverage("I a")).toBe(1);
  });
});
