import { engineShape, validateName } from "./engine/index.ts";
import { InvalidArgumentError } from "./errors/index.ts";
import { defaultLimits } from "./limits.ts";
import { checkOptions, duration, group, having, listOf, number, type OptionShape, text, whole } from "./options.ts";
import type { SottoOptions } from "./sotto.ts";

const shape: OptionShape<SottoOptions> = {
  ...engineShape,
  storage: (value, name) => (typeof value === "string" ? text(value, name) : engineShape.storage(value, name)),
  agent: (value, name) => validateName(name, value, defaultLimits),
  consolidator(value, name) {
    having("a Consolidator", "consolidate")(value, name);
    text((value as { id?: unknown }).id, `${name}.id`);
  },
  redact(value, name) {
    if (typeof value !== "function")
      throw new InvalidArgumentError(name, "it must be a function of a text that answers a text");
  },
  recall: group({ orgIndexes: listOf(text), minScore: number(0, 1), timeoutMs: duration }),
  retention: group({ sessionsMs: duration, permanentMs: duration }),
  pool: group({ maxConcurrentUsers: whole(1), idleTtlMs: whole(1) }),
};

/** Throws `argument.invalid`, or `limit.exceeded` for a project or agent of more than 256 characters. */
export function checkSottoOptions(options: SottoOptions): void {
  checkOptions("createSotto", options, shape);
}
