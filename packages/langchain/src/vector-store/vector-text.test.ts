import { textToVector, vectorToText } from "./vector-text.ts";

describe("vectorToText", () => {
  it("keeps every float32 value, also of long vectors and views", () => {
    const values = Float32Array.from({ length: 4_096 }, (_, i) => Math.sin(i) * 10 ** ((i % 7) - 3));
    expect(textToVector(vectorToText(values))).toEqual(Array.from(values));
    expect(textToVector(vectorToText(values.subarray(3, 5)))).toEqual(Array.from(values.subarray(3, 5)));
    expect(textToVector(vectorToText(new Float32Array()))).toEqual([]);
  });
});
