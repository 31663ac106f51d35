/** The pieces in which a reply is streamed and counted: one word with the space before it. They join to the text. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/g) ?? [];
}
