import { existsSync, readFileSync } from "node:fs";

/**
 * The tsup options of every package. Entry points come from the `exports` of the package.json in the current folder:
 * `dist/<name>.js` is built from `src/<name>.ts` or `src/<name>/index.ts`; it is built as CommonJS too when some
 * export has a `require` condition. `overrides` are tsup options; their `entry` adds to the ones found.
 */
export function tsupOptions(overrides = {}) {
  const { exports = {} } = JSON.parse(readFileSync("package.json", "utf8"));
  const entry = {};
  for (const target of Object.values(exports)) {
    const output = typeof target === "object" ? target.import?.default : undefined;
    if (output === undefined) continue;
    const name = output.replace(/^\.\/dist\//, "").replace(/\.js$/, "");
    entry[name] = sourceOf(name);
  }
  const hasCommonJs = Object.values(exports).some((target) => target.require !== undefined);
  return {
    format: hasCommonJs ? ["esm", "cjs"] : ["esm"],
    target: "es2022",
    // Types of other packages as they are published, not from their source.
    dts: { compilerOptions: { customConditions: [] } },
    sourcemap: true,
    clean: true,
    // One copy of a module however many entry points use it, in CommonJS as well.
    splitting: true,
    // import.meta.url in the CommonJS build.
    shims: true,
    // tsup would turn node:sqlite, which has no other name, into sqlite.
    removeNodeProtocol: false,
    ...overrides,
    entry: { ...entry, ...overrides.entry },
  };
}

function sourceOf(name) {
  const found = [`src/${name}.ts`, `src/${name}/index.ts`].find((file) => existsSync(file));
  if (found === undefined) {
    throw new Error(`package.json exports dist/${name}.js but neither src/${name}.ts nor src/${name}/index.ts exists`);
  }
  return found;
}
