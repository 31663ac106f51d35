import type { MetadataValue } from "./document.ts";

/** Tests of one field. Several in one object must all hold. */
export interface FieldFilter {
  $eq?: MetadataValue;
  $ne?: MetadataValue;
  $gt?: number | string;
  $gte?: number | string;
  $lt?: number | string;
  $lte?: number | string;
  $in?: readonly MetadataValue[];
  $nin?: readonly MetadataValue[];
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
} & { [field: string]: MetadataValue | FieldFilter | Filter | readonly Filter[] | undefined };
