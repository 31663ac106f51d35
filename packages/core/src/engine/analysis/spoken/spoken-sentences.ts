/** Ends a sentence where white space follows, or anywhere in scripts that put none. */
const ends = /[.?!…]+["”’»)\]]*\s+|[。！？]+["”’」』）]*\s*|\n+/gu;
/** `Mr. Gray`, `No. 5`, `z. B. heute`: no sentence ends there. */
const abbreviation =
  /(?:^|\s|\()(?:\p{L}{1,2}|prof|mrs|nos|tel|usw|bzw|inkl|ca|approx|etc|inc|ltd|sra|dra|mme|mlle|dott|sig|avv|mevr|dhr|evt|bijv)\.\s*$/iu;

/** `am 5. Mai`: nor there. */
const ordinal = /[0-9]{1,2}\.\s*$/;
const month = /^(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)/i;

/** The sentences of what was said, in order. */
export function spokenSentences(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(ends)) {
    const end = index + mark.length;
    if (mark.startsWith(".") && goesOn(text.slice(start, end), text.slice(end, end + 3))) continue;
    push(sentences, text.slice(start, end));
    start = end;
  }
  push(sentences, text.slice(start));
  return sentences;
}

function goesOn(before: string, after: string): boolean {
  return abbreviation.test(before) || (ordinal.test(before) && month.test(after));
}

function push(sentences: string[], sentence: string): void {
  const trimmed = sentence.trim();
  if (trimmed !== "") sentences.push(trimmed);
}
