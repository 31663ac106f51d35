// The same in Node and in the page: 1,000 documents about 10 things, and questions about them.
const THINGS = [
  "router",
  "invoice",
  "refund",
  "delivery",
  "battery",
  "screen",
  "password",
  "contract",
  "outage",
  "voucher",
];
const VERBS = ["returns", "replaces", "pays", "delays", "charges", "repairs", "resets", "cancels", "reports", "sends"];

export const documents = Array.from({ length: 1_000 }, (_, i) => ({
  id: `doc-${i}`,
  text: `The customer ${VERBS[i % 10]} the ${THINGS[Math.floor(i / 10) % 10]} in week ${Math.floor(i / 100)} under part number SKU-${1_000 + i}.`,
  metadata: { thing: THINGS[Math.floor(i / 10) % 10], week: Math.floor(i / 100) },
}));

export const questions = [
  { text: "when is a broken battery repaired?" },
  { text: "SKU-1437" },
  { text: "who cancels a contract", options: { topK: 10, filter: { week: { $gte: 7 } } } },
  { text: "forgot my password", options: { alpha: 1 } },
  { text: "late parcel", options: { alpha: 0, minScore: 0.2 } },
];

export async function answer(sotto) {
  await sotto.createIndex("help", documents);
  const answers = [];
  for (const { text, options } of questions) {
    const { hits } = await sotto.query("help", text, options);
    answers.push(hits.map((hit) => ({ id: hit.id, score: hit.score })));
  }
  return answers;
}
