import { fileURLToPath } from "node:url";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** The jest configuration of every package: TypeScript through swc, as ES modules, tests beside what they test. */
export default {
  testEnvironment: here("./environment.cjs"),
  // Many suites at once on two cores: a test that takes seconds there takes a fraction alone.
  testTimeout: 20_000,
  testMatch: ["<rootDir>/{src,test}/**/*.test.ts"],
  // *.servers.test.ts need a real server and run by `run-jest --suite=servers`.
  testPathIgnorePatterns: ["/node_modules/", "/dist/", "\\.servers\\.test\\.ts$"],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "\\.ts$": [
      fileURLToPath(import.meta.resolve("@swc/jest")),
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "es6" }, sourceMaps: "inline" },
    ],
  },
  reporters: ["default", here("./counts-reporter.mjs")],
  coverageDirectory: "coverage",
};
