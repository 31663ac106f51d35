import { miniLM } from "@sotto/embed-minilm";

const embedder = miniLM();
embedder.embed(["When do I get my money back?"], { kind: "query" }).then(
  ([vector]) => {
    globalThis.result = { vector: [...vector] };
  },
  (error) => {
    globalThis.result = { error: String(error) };
  },
);
