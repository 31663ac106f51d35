import type { MetadataScalar } from "../documents/index.ts";

export type Range = "$gt" | "$gte" | "$lt" | "$lte";
export type Place = readonly [latitude: number, longitude: number];

/** One test of one field. `$ne`, `$nin` and `$not` are written with `present` and `not`. */
export type FieldTest =
  | { readonly kind: "in"; readonly field: string; readonly values: readonly MetadataScalar[] }
  | { readonly kind: "range"; readonly field: string; readonly operator: Range; readonly bound: number | string }
  | { readonly kind: "present"; readonly field: string }
  | { readonly kind: "near"; readonly field: string; readonly point: Place; readonly radiusMeters: number };

/** A filter that has been checked, as a tree. */
export type FilterPlan =
  | FieldTest
  | { readonly kind: "and" | "or"; readonly children: readonly FilterPlan[] }
  | { readonly kind: "not"; readonly child: FilterPlan };
