import { Ledger } from "../report/ledger.ts";
import { decodeText } from "./decode-text.ts";

const decode = (bytes: Uint8Array, options: { encoding?: string; declared?: string } = {}) => {
  const ledger = new Ledger();
  const text = decodeText(bytes, { encoding: options.encoding, declared: () => options.declared, ledger });
  return { text, encoding: ledger.encoding, leftOut: ledger.entries };
};
const latin1 = (text: string) => Buffer.from(text, "latin1");

it("drops a byte order mark and makes every line end a line feed", () => {
  expect(decode(Buffer.from("\ufeffone\r\ntwo\rthree"))).toEqual({
    text: "one\ntwo\nthree",
    encoding: "utf-8",
    leftOut: [],
  });
});

it("reads UTF-16 with a byte order mark, and without one", () => {
  expect(decode(Buffer.from("\ufeffgrün", "utf16le"))).toMatchObject({ text: "grün", encoding: "utf-16le" });
  expect(decode(Buffer.from("Sonntag geschlossen, grün", "utf16le")).text).toBe("Sonntag geschlossen, grün");
  const bigEndian = Buffer.from("Sonntag geschlossen", "utf16le").swap16();
  expect(decode(bigEndian)).toMatchObject({ text: "Sonntag geschlossen", encoding: "utf-16be" });
});

it("reads what was asked for, else what the file declares, else what it finds", () => {
  const bytes = latin1("Gr\u00fc\u00dfe");
  expect(decode(bytes, { encoding: "latin1", declared: "koi8-r" }).text).toBe("Grüße");
  expect(decode(bytes, { declared: "ISO-8859-1" }).text).toBe("Grüße");
  expect(decode(bytes, { declared: "no-such-name" }).text).toBe("Grüße");
  expect(() => decode(bytes, { encoding: "klingon" })).toThrow('there is no encoding "klingon"');
});

/** Texts as they lie on disk in other encodings, in hexadecimal. */
it.each([
  [
    "windows-1252",
    "Der Küchenherd wird zu heiß, hörbares Geräusch",
    latin1("Der K\u00fcchenherd wird zu hei\u00df, h\u00f6rbares Ger\u00e4usch").toString("hex"),
  ],
  [
    "windows-1252",
    "Le café fermé à midi, fenêtre cassée",
    latin1("Le caf\u00e9 ferm\u00e9 \u00e0 midi, fen\u00eatre cass\u00e9e").toString("hex"),
  ],
  ["windows-1250", "Příliš žluťoučký kůň úpěl", "50f8ed6c699a209e6c759d6f75e86bfd206bf9f220fa70ec6c"],
  ["windows-1251", "Дверь закрыта в субботу", "c4e2e5f0fc20e7e0eaf0fbf2e020e220f1f3e1e1eef2f3"],
  ["koi8-u", "Дверь закрыта в субботу", "e4d7c5d2d820dac1cbd2d9d4c120d720d3d5c2c2cfd4d5"],
  ["shift_jis", "土曜日の営業時間", "9379976a93fa82cc8963 8bc68e9e8ad4".replaceAll(" ", "")],
])("finds out %s: %s", (encoding, text, hex) => {
  expect(decode(Buffer.from(hex, "hex"))).toMatchObject({ text, encoding, leftOut: [] });
});

it("reads a stray byte in UTF-8 as windows-1252 and names its line", () => {
  const bytes = Buffer.concat([
    Buffer.from("Tür auf\nTür zu, Herr M"),
    latin1("\u00fcller\n"),
    Buffer.from("Tür ölen"),
  ]);
  expect(decode(bytes)).toEqual({
    text: "Tür auf\nTür zu, Herr Müller\nTür ölen",
    encoding: "utf-8",
    leftOut: [{ place: "line 2", reason: "bad bytes", chars: 0, what: "1 byte is not UTF-8, read as windows-1252" }],
  });
});

it("names what stays unreadable, and how it can be read", () => {
  const { text, leftOut } = decode(Buffer.from([0x61, 0x0a, 0xff, 0x0a]), { encoding: "shift_jis" });
  expect(text).toBe("a\n\uFFFD\n");
  expect(leftOut).toMatchObject([
    { place: "line 2", reason: "bad bytes", what: expect.stringContaining("name the encoding") },
  ]);
});

it("refuses bytes that are no text", () => {
  expect(() => decode(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]))).toThrow("not text: it holds zero bytes");
  expect(() => decode(Buffer.from("a\0b"))).toThrow("not text: it holds zero bytes");
});
