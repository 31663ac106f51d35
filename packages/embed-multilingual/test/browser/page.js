import { multilingual } from "@sotto/embed-multilingual";
import { texts } from "./texts.js";

async function vectors(options) {
  const embedder = multilingual(options);
  const [query] = await embedder.embed(texts.slice(0, 1), { kind: "query" });
  const all = await embedder.embed(texts, { kind: "document" });
  await embedder.dispose();
  return [query, ...all].map((vector) => vector && [...vector]);
}

try {
  globalThis.result = { bundled: await vectors(), hosted: await vectors({ model: "/hosted/model.js" }) };
} catch (error) {
  globalThis.result = { error: `${error.stack ?? error}` };
}
