import type { Sotto } from "@sotto/core";
import type { Recalled } from "./answer.ts";

/** The same Sotto, which tells what each of its searches recalled. */
export function observeRecall(sotto: Sotto, by: string, onRecalled: (recalled: Recalled) => void): Sotto {
  return {
    ...sotto,
    searchMemory: async (query, options) => {
      const recall = await sotto.searchMemory(query, options);
      onRecalled({ by, recall });
      return recall;
    },
  };
}
