interface NodeModules {
  "node:fs": typeof import("node:fs");
  "node:module": typeof import("node:module");
  "node:stream": typeof import("node:stream");
  "node:url": typeof import("node:url");
  "node:zlib": typeof import("node:zlib");
}

/** A module of Node where there is one. An import would break bundles for browsers. */
export function nodeModule<Id extends keyof NodeModules>(id: Id): NodeModules[Id] | undefined {
  return (globalThis as { process?: NodeJS.Process }).process?.getBuiltinModule?.(id) as NodeModules[Id] | undefined;
}
