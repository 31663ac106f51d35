import { Bitmap } from "../bytes/index.ts";
import type { MetadataColumns } from "./metadata-columns.ts";
import type { FilterPlan } from "./plan.ts";

/** The live slots that a filter holds for, as a new set; `slotCount` is one more than the highest slot. */
export function evaluateFilter(plan: FilterPlan, columns: MetadataColumns, live: Bitmap, slotCount: number): Bitmap {
  switch (plan.kind) {
    case "and": {
      const [first, ...rest] = plan.children;
      if (first === undefined) return live.clone();
      const result = evaluateFilter(first, columns, live, slotCount);
      for (const child of rest) result.and(evaluateFilter(child, columns, live, slotCount));
      return result;
    }
    case "or": {
      const result = new Bitmap(slotCount);
      for (const child of plan.children) result.or(evaluateFilter(child, columns, live, slotCount));
      return result;
    }
    case "not":
      return live.clone().andNot(evaluateFilter(plan.child, columns, live, slotCount));
    default: {
      const result = new Bitmap(slotCount);
      columns.mark(plan, result.words);
      return result.and(live);
    }
  }
}
