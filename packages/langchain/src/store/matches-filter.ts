import { InvalidArgumentError } from "@sotto/core";

type Test = (actual: unknown, wanted: unknown) => boolean;

/** As LangGraph's stores have them: comparisons by number, and a missing field is unequal to everything. */
const TESTS: Readonly<Record<string, Test>> = {
  $eq: (actual, wanted) => actual === wanted,
  $ne: (actual, wanted) => actual !== wanted,
  $gt: (actual, wanted) => Number(actual) > Number(wanted),
  $gte: (actual, wanted) => Number(actual) >= Number(wanted),
  $lt: (actual, wanted) => Number(actual) < Number(wanted),
  $lte: (actual, wanted) => Number(actual) <= Number(wanted),
  $in: (actual, wanted) => Array.isArray(wanted) && wanted.includes(actual),
  $nin: (actual, wanted) => !Array.isArray(wanted) || !wanted.includes(actual),
};

/**
 * Whether a value passes a LangGraph filter: every entry is a field and what it equals, or its operators.
 *
 * @throws `argument.invalid` for an operator that there is not.
 */
export function matchesFilter(value: Record<string, unknown>, filter: Record<string, unknown>): boolean {
  return Object.entries(filter).every(([field, wanted]) => {
    const actual = Object.hasOwn(value, field) ? value[field] : undefined;
    if (!isOperators(wanted)) return actual === wanted;
    return Object.entries(wanted).every(([operator, operand]) => {
      const test = TESTS[operator];
      if (test === undefined) {
        const known = Object.keys(TESTS).join(", ");
        throw new InvalidArgumentError(`filter.${field}`, `${operator} is not one of ${known}`);
      }
      return test(actual, operand);
    });
  });
}

function isOperators(wanted: unknown): wanted is Record<string, unknown> {
  if (typeof wanted !== "object" || wanted === null || Array.isArray(wanted)) return false;
  const keys = Object.keys(wanted);
  return keys.length > 0 && keys.every((key) => key.startsWith("$"));
}
