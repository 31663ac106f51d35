import type { Sotto } from "../../src/sotto.ts";

export function answer(sotto: Sotto): Promise<unknown>;
