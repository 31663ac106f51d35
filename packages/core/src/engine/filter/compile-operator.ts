import { FilterInvalidError } from "../../errors/index.ts";
import type { MetadataScalar } from "../documents/index.ts";
import {
  describeValue,
  isMetadataScalar,
  isPlace,
  isPlainObject,
  isStringList,
  PLACE_RANGES,
} from "../documents/index.ts";
import type { FilterPlan } from "./plan.ts";

const OPERATORS = "$eq, $ne, $gt, $gte, $lt, $lte, $in, $nin, $all, $exists, $near, $not";
const VALUE = "a string, a finite number, a boolean or [latitude, longitude]";

/** The plan of `{ field: { [operator]: operand } }`; `path` is for errors. */
export function compileOperator(field: string, operator: string, operand: unknown, path: string): FilterPlan {
  switch (operator) {
    case "$eq":
      return { kind: "in", field, values: [value(operand, path)] };
    case "$ne":
      return presentBut(field, [value(operand, path)]);
    case "$in":
      return { kind: "in", field, values: values(operand, path) };
    case "$nin":
      return presentBut(field, values(operand, path));
    case "$all":
      return every(field, operand, path);
    case "$gt":
    case "$gte":
    case "$lt":
    case "$lte":
      return { kind: "range", field, operator, bound: bound(operand, path) };
    case "$exists":
      return exists(field, operand, path);
    case "$near":
      return near(field, operand, path);
    default:
      throw new FilterInvalidError(path, `${JSON.stringify(operator)} is not one of ${OPERATORS}`);
  }
}

/** `$ne` and `$nin` do not hold for a document without the field. */
function presentBut(field: string, values: readonly MetadataScalar[]): FilterPlan {
  return {
    kind: "and",
    children: [
      { kind: "present", field },
      { kind: "not", child: { kind: "in", field, values } },
    ],
  };
}

function every(field: string, operand: unknown, path: string): FilterPlan {
  const wanted = values(operand, path);
  if (wanted.length === 0) throw new FilterInvalidError(path, "it has no value");
  return { kind: "and", children: wanted.map((item) => ({ kind: "in", field, values: [item] })) };
}

function value(operand: unknown, path: string): MetadataScalar {
  if (!isMetadataScalar(operand))
    throw new FilterInvalidError(path, `it takes ${VALUE}, not ${describeValue(operand)}${ofList(operand)}`);
  return operand;
}

function values(operand: unknown, path: string): MetadataScalar[] {
  if (!Array.isArray(operand)) throw new FilterInvalidError(path, `it takes an array, not ${describeValue(operand)}`);
  return Array.from(operand, (item: unknown, n) => value(item, `${path}[${n}]`));
}

function bound(operand: unknown, path: string): number | string {
  if (typeof operand === "string" || (typeof operand === "number" && Number.isFinite(operand))) return operand;
  throw new FilterInvalidError(path, `it takes a finite number or a string, not ${describeValue(operand)}`);
}

function exists(field: string, operand: unknown, path: string): FilterPlan {
  if (typeof operand !== "boolean")
    throw new FilterInvalidError(path, `it takes true or false, not ${describeValue(operand)}`);
  return operand ? { kind: "present", field } : { kind: "not", child: { kind: "present", field } };
}

function near(field: string, operand: unknown, path: string): FilterPlan {
  if (!isPlainObject(operand)) {
    throw new FilterInvalidError(
      path,
      `it takes { point: [latitude, longitude], radiusMeters }, not ${describeValue(operand)}`,
    );
  }
  for (const key of Object.keys(operand)) {
    if (key !== "point" && key !== "radiusMeters")
      throw new FilterInvalidError(`${path}.${key}`, "$near takes only point and radiusMeters");
  }
  const { point, radiusMeters } = operand;
  if (!isPlace(point))
    throw new FilterInvalidError(`${path}.point`, `it takes ${PLACE_RANGES}, not ${describeValue(point)}`);
  if (typeof radiusMeters !== "number" || !Number.isFinite(radiusMeters) || radiusMeters < 0) {
    throw new FilterInvalidError(
      `${path}.radiusMeters`,
      `it takes a finite number of metres from 0, not ${describeValue(radiusMeters)}`,
    );
  }
  return { kind: "near", field, point, radiusMeters };
}

/** What to write instead of a list of strings, for errors. */
export function ofList(operand: unknown): string {
  return isStringList(operand) ? "; a list's strings are asked for by $in (any of them) or $all" : "";
}
