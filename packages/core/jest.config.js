import preset from "@sotto-internal/jest";

export default {
  ...preset,
  // "imports" of package.json name the build; tests run the source.
  moduleNameMapper: { "^#default-storage$": "<rootDir>/src/storage/default/node.ts" },
};
