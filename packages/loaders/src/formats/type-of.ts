import { basename } from "node:path";
import type { SourceType } from "../source-type.ts";
import { loaderFor, loaders } from "./registry.ts";
import { sniffType } from "./sniff.ts";

/** Every extension that is known, lower case with its dot, and the type that it stands for. */
export function typesByExtension(): ReadonlyMap<string, SourceType> {
  return new Map(loaders.flatMap(({ type, extensions }) => extensions.map((extension) => [extension, type] as const)));
}

/** What a file is: by its name, else by its first bytes; undefined when no loader reads it. */
export function typeOf(path: string, bytes: Uint8Array): SourceType | undefined {
  return loaderFor(basename(path))?.type ?? sniffType(bytes);
}
