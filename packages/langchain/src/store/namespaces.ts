import type { ListNamespacesOperation, MatchCondition } from "@langchain/langgraph";
import { InvalidArgumentError } from "@sotto/core";
import { MOST_LABELS } from "./item-codec.ts";

/**
 * The namespace of an item that is written: 1 to 48 labels, each a text that is not empty and has no dot, the first not
 * `langgraph`.
 *
 * @throws `argument.invalid`
 */
export function checkNamespace(namespace: readonly unknown[]): void {
  const fail = (reason: string): never => {
    throw new InvalidArgumentError(`namespace ${JSON.stringify(namespace)}`, reason);
  };
  if (namespace.length === 0) fail("it is empty");
  if (namespace.length > MOST_LABELS) fail(`it has ${namespace.length} labels, over ${MOST_LABELS}`);
  for (const label of namespace) {
    if (typeof label !== "string") fail("a label is not a string");
    else if (label === "") fail("a label is empty");
    else if (label.includes(".")) fail(`the label ${JSON.stringify(label)} has a dot`);
  }
  if (namespace[0] === "langgraph") fail('the first label cannot be "langgraph"');
}

/** Those that pass the conditions, cut to `maxDepth`, each once, sorted label by label, one page. */
export function selectNamespaces(
  namespaces: Iterable<readonly string[]>,
  { matchConditions = [], maxDepth, limit, offset }: ListNamespacesOperation,
): string[][] {
  const found = new Map<string, string[]>();
  for (const namespace of namespaces) {
    if (!matchConditions.every((condition) => matches(namespace, condition))) continue;
    const cut = namespace.slice(0, maxDepth ?? namespace.length);
    found.set(JSON.stringify(cut), cut);
  }
  const from = offset ?? 0;
  return [...found.values()].sort(byLabels).slice(from, from + (limit ?? found.size));
}

function matches(namespace: readonly string[], { matchType, path }: MatchCondition): boolean {
  if (path.length > namespace.length) return false;
  const start = matchType === "suffix" ? namespace.length - path.length : 0;
  return path.every((label, i) => label === "*" || label === namespace[start + i]);
}

function byLabels(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((label, i) => label !== b[i]);
  if (at === -1) return a.length - b.length;
  const [x, y] = [a[at] as string, b[at]];
  return y === undefined || x > y ? 1 : -1;
}
