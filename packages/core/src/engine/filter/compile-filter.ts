import { FilterInvalidError, LimitExceededError } from "../../errors/index.ts";
import type { Limits } from "../../limits.ts";
import { describeValue, isFieldName, isMetadataScalar, isPlainObject } from "../documents/index.ts";
import { compileOperator, ofList } from "./compile-operator.ts";
import type { Filter } from "./filter-types.ts";
import type { FilterPlan } from "./plan.ts";

type FilterLimits = Pick<Limits, "filterConditions" | "filterDepth">;

/**
 * Checks a filter and turns it into a plan for `evaluateFilter`. `{}` holds for every document. Throws `filter.invalid`
 * with the path of what is wrong (`$and[1].price.$gte`), `limit.exceeded` when it has more than `filterConditions`
 * tests or nests `$and`, `$or` and `$not` deeper than `filterDepth`.
 */
export function compileFilter(filter: Filter, limits: FilterLimits): FilterPlan {
  return new FilterCompiler(limits).filter(filter, "", 0);
}

class FilterCompiler {
  #limits: FilterLimits;
  #conditions = 0;

  constructor(limits: FilterLimits) {
    this.#limits = limits;
  }

  filter(filter: unknown, path: string, depth: number): FilterPlan {
    if (!isPlainObject(filter))
      throw new FilterInvalidError(path, `a filter must be an object, not ${describeValue(filter)}`);
    return all(
      Object.keys(filter).map((key) => this.#entry(key, filter[key], path === "" ? key : `${path}.${key}`, depth)),
    );
  }

  #entry(key: string, value: unknown, path: string, depth: number): FilterPlan {
    if (key === "$and") return { kind: "and", children: this.#list(value, path, depth) };
    if (key === "$or") return { kind: "or", children: this.#list(value, path, depth) };
    if (key === "$not") return { kind: "not", child: this.filter(value, path, this.#deeper(depth, path)) };
    if (key.startsWith("$")) {
      throw new FilterInvalidError(
        path,
        `${key} is not one of $and, $or, $not, and other operators stand under a field`,
      );
    }
    if (!isFieldName(key)) {
      throw new FilterInvalidError(path, "a field name is a letter or _ and then letters, digits, _, . or -");
    }
    return this.#field(key, value, path, depth);
  }

  #field(field: string, value: unknown, path: string, depth: number): FilterPlan {
    if (isMetadataScalar(value)) {
      this.#countConditions(1, path);
      return { kind: "in", field, values: [value] };
    }
    if (!isPlainObject(value)) {
      throw new FilterInvalidError(
        path,
        `a field is compared with a string, a finite number, a boolean, [latitude, longitude] or an object of operators, not ${describeValue(value)}${ofList(value)}`,
      );
    }
    const operators = Object.keys(value);
    if (operators.length === 0) throw new FilterInvalidError(path, "it has no operator");
    return all(
      operators.map((operator) => {
        const at = `${path}.${operator}`;
        if (operator === "$not") {
          return { kind: "not", child: this.#operators(field, value[operator], at, this.#deeper(depth, at)) };
        }
        // Each value of $all is a test of its own; those of $in are one look into a set.
        const operand = value[operator];
        const tests = operator === "$all" && Array.isArray(operand) ? operand.length : 1;
        this.#countConditions(Math.max(1, tests), at);
        return compileOperator(field, operator, operand, at);
      }),
    );
  }

  #operators(field: string, value: unknown, path: string, depth: number): FilterPlan {
    if (!isPlainObject(value)) {
      throw new FilterInvalidError(path, `$not takes an object of operators, not ${describeValue(value)}`);
    }
    return this.#field(field, value, path, depth);
  }

  #list(value: unknown, path: string, depth: number): FilterPlan[] {
    if (!Array.isArray(value))
      throw new FilterInvalidError(path, `it takes an array of filters, not ${describeValue(value)}`);
    if (value.length === 0) throw new FilterInvalidError(path, "it has no filter");
    const below = this.#deeper(depth, path);
    return Array.from(value, (child, n) => this.filter(child, `${path}[${n}]`, below));
  }

  #countConditions(more: number, path: string): void {
    const { filterConditions } = this.#limits;
    this.#conditions += more;
    if (this.#conditions > filterConditions) {
      throw new LimitExceededError(
        "filterConditions",
        filterConditions,
        this.#conditions,
        `Conditions of the filter up to "${path}"`,
      );
    }
  }

  #deeper(depth: number, path: string): number {
    const { filterDepth } = this.#limits;
    if (depth + 1 > filterDepth) {
      throw new LimitExceededError(
        "filterDepth",
        filterDepth,
        depth + 1,
        `Depth of the filter at "${path.slice(0, 200)}"`,
      );
    }
    return depth + 1;
  }
}

function all(children: FilterPlan[]): FilterPlan {
  const [only] = children;
  return children.length === 1 && only !== undefined ? only : { kind: "and", children };
}
