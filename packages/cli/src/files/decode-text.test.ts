import { decodeText } from "./decode-text.ts";

it("drops a byte order mark and makes every line end a line feed", () => {
  expect(decodeText(Buffer.from("\ufeffone\r\ntwo\rthree"))).toBe("one\ntwo\nthree");
});

it("reads UTF-16 with a byte order mark", () => {
  expect(decodeText(Buffer.from("\ufeffgrün", "utf16le"))).toBe("grün");
});

it("refuses bytes that are no text", () => {
  expect(() => decodeText(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]))).toThrow("not text: it cannot be read as UTF-8");
  expect(() => decodeText(Buffer.from("a\0b"))).toThrow("not text: it holds zero bytes");
});
