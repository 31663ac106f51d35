import type { Instructions } from "ai";

/** Instructions with a block behind them; the given ones are not changed. */
export function withBlock(instructions: Instructions | undefined, block: string): Instructions {
  if (instructions === undefined || instructions === "") return block;
  if (typeof instructions === "string") return `${instructions}\n\n${block}`;
  // Provider options may mark instructions as cacheable: what changes from turn to turn is a message of its own.
  return [...(Array.isArray(instructions) ? instructions : [instructions]), { role: "system", content: block }];
}
