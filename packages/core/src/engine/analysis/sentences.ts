/** Characters that are read past the room, so that the last boundary in it is the one of the whole text. */
const LOOKAHEAD_CHARS = 400;

let segmenter: Intl.Segmenter | undefined;

/** The sentences of a text in order, without the white space around them (Unicode UAX #29; a line end ends a sentence). */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  for (const { segment } of segments(text)) {
    const sentence = segment.trim();
    if (sentence !== "") sentences.push(sentence);
  }
  return sentences;
}

/** The longest beginning of `text` that ends where a sentence ends and has at most `room` characters; "" when there is none. */
export function wholeSentences(text: string, room: number): string {
  if (text.length <= room) return text;
  if (room <= 0) return "";
  const window = text.slice(0, room + LOOKAHEAD_CHARS);
  let end = 0;
  for (const { segment, index } of segments(window)) {
    const stop = index + segment.trimEnd().length;
    if (stop > room || (index + segment.length === window.length && window.length < text.length)) break;
    end = stop;
  }
  return text.slice(0, end);
}

/** The beginning of `text` in at most `room` characters, cut between words where one ends, with an ellipsis. */
export function wholeWords(text: string, room: number): string {
  if (text.length <= room) return text;
  if (room < 2) return "";
  const cut = text.slice(0, room - 1);
  const inWord = /\S/u.test(text.charAt(room - 1));
  const words = inWord ? cut.replace(/\s+\S*$/u, "") : cut;
  const kept = (words.length * 2 > cut.length ? words : cut).trimEnd().replace(/\p{Surrogate}$/u, "");
  return kept === "" ? "" : `${kept}…`;
}

function segments(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter("en", { granularity: "sentence" });
  return segmenter.segment(text);
}
