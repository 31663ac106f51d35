import { createSotto, memoryStorage, type Sotto, type SottoOptions } from "@sotto/core";

/** Core as it is: memory storage, the static embedder. With a small knowledge base. */
export async function sottoWithKnowledge(options: SottoOptions = {}): Promise<Sotto> {
  const sotto = createSotto({ storage: memoryStorage(), logger: quiet, ...options });
  await sotto.createIndex("help", [
    { id: "returns", text: "A router can be returned within 30 days of delivery.", metadata: { title: "Returns" } },
    { id: "reset", text: "To reset the modem, hold the red button for ten seconds.", metadata: { title: "Modem" } },
  ]);
  return sotto;
}

/** The same Sotto, but for some methods that go wrong. */
export function broken(sotto: Sotto, methods: Partial<Sotto>): Sotto {
  return new Proxy(sotto, {
    get(target, key) {
      const source = key in methods ? methods : target;
      const value: unknown = Reflect.get(source, key);
      return typeof value === "function" ? value.bind(source) : value;
    },
  });
}

/** Never settles. */
export function never<T>(): Promise<T> {
  return new Promise(() => {});
}

export const quiet: NonNullable<SottoOptions["logger"]> = { debug() {}, warn() {}, error() {} };
