// The same in Node and in the page.
export const texts = [
  "How long can I send the router back?",
  "Wie lange kann ich den Router zurückgeben?",
  "ルーターはいつまで返品できますか？",
  "The customer returns the router, and the bank pays it back. ".repeat(40),
  "🙂",
];
