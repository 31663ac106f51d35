interface NodeModules {
  "node:fs": typeof import("node:fs");
  "node:module": typeof import("node:module");
  "node:stream": typeof import("node:stream");
  "node:url": typeof import("node:url");
  "node:zlib": typeof import("node:zlib");
}

/**
 * A module of Node where there is one. An import would break bundles for browsers, and edge runtimes have the function but
 * throw when it is called.
 */
export function nodeModule<Id extends keyof NodeModules>(id: Id): NodeModules[Id] | undefined {
  try {
    return (globalThis as { process?: NodeJS.Process }).process?.getBuiltinModule?.(id) as NodeModules[Id] | undefined;
  } catch {
    return undefined;
  }
}
