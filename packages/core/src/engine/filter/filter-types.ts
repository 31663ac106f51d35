import type { MetadataScalar } from "../documents/index.ts";

/**
 * Tests of one field. Several in one object must all hold. A field that holds a list of strings equals each of them:
 * `$eq` holds when the list has the string, `$in` when it has any, `$all` when it has all, `$ne` and `$nin` when it has
 * none. Ranges hold for no list.
 */
export interface FieldFilter {
  $eq?: MetadataScalar;
  $ne?: MetadataScalar;
  $gt?: number | string;
  $gte?: number | string;
  $lt?: number | string;
  $lte?: number | string;
  $in?: readonly MetadataScalar[];
  $nin?: readonly MetadataScalar[];
  /** The field's list holds every one of these. */
  $all?: readonly MetadataScalar[];
  $exists?: boolean;
  /** Within `radiusMeters` (great-circle, metres) of a place. */
  $near?: { point: readonly [latitude: number, longitude: number]; radiusMeters: number };
  $not?: FieldFilter;
}

/**
 * A filter over metadata: `{ field: value }` is `$eq`. All entries must hold. A document without the field matches
 * nothing but `$exists: false` and `$not` (so `$ne` and `$nin` do not match it).
 */
export type Filter = {
  $and?: readonly Filter[];
  $or?: readonly Filter[];
  $not?: Filter;
} & { [field: string]: MetadataScalar | FieldFilter | Filter | readonly Filter[] | undefined };
