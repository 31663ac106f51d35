import { fromBase64 } from "@sotto-internal/embedding";

const START = 'export const model = "';
/** Where the text has to have begun. */
const MOST_BEFORE = 4_096;
/** Characters decoded at once: a multiple of 4, and a tenth of a millisecond. */
const CHARS_A_STEP = 1 << 18;

/** What the module `model/use-multilingual-v3.js` holds in base64, from the text of the module in chunks. */
export async function* fromModuleText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder("latin1");
  let text = "";
  let began = false;
  for await (const chunk of chunks) {
    text += decoder.decode(chunk);
    if (!began) {
      const start = text.indexOf(START);
      if (start === -1 && text.length > MOST_BEFORE) return;
      if (start === -1) continue;
      began = true;
      text = text.slice(start + START.length);
    }
    const end = text.indexOf('"');
    const whole = end === -1 ? text.length - (text.length % 4) : end;
    yield fromBase64(text.slice(0, whole));
    if (end !== -1) return;
    text = text.slice(whole);
  }
}

/** The bytes of a text in base64, in chunks. */
export async function* fromBase64Text(text: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += CHARS_A_STEP) yield fromBase64(text.slice(at, at + CHARS_A_STEP));
}
