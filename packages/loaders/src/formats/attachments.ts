import type { Loader } from "./loader.ts";

type FindLoader = (name: string, bytes: Uint8Array) => Loader | undefined;

/** Set by the registry, which knows all loaders, those of mails included. */
let find: FindLoader = () => undefined;

export function setAttachmentLoaders(finder: FindLoader): void {
  find = finder;
}

/** The loader for a file within a file. */
export function typedLoader(name: string, bytes: Uint8Array): Loader | undefined {
  return find(name, bytes);
}
