import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Which packages of frameworks an entry point of the built package resolves, itself or by what it imports. */
async function resolvedBy(entry: string, how: "import" | "require"): Promise<string[]> {
  const script = `
    import { createRequire, registerHooks } from "node:module";
    const seen = new Set();
    registerHooks({
      resolve(specifier, context, next) {
        const found = /^(langchain|@langchain\\/langgraph|@langchain\\/core)(\\/|$)/.exec(specifier);
        if (found) seen.add(found[1]);
        return next(specifier, context);
      },
    });
    const name = ${JSON.stringify(entry)};
    ${how === "import" ? "await import(name)" : `createRequire(${JSON.stringify(`${root}index.js`)})(name)`};
    console.log(JSON.stringify([...seen].sort()));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { cwd: root });
  return JSON.parse(stdout);
}

describe.each(["import", "require"] as const)("the built package, by %s,", (how) => {
  it("needs neither langchain nor langgraph for its main entry", async () => {
    expect(await resolvedBy("@sotto/langchain", how)).toEqual(["@langchain/core"]);
  });

  it("needs neither for the conformance tests", async () => {
    expect(await resolvedBy("@sotto/langchain/testing", how)).toEqual(["@langchain/core"]);
  });

  it("needs langgraph for the store", async () => {
    expect(await resolvedBy("@sotto/langchain/langgraph", how)).toContain("@langchain/langgraph");
  });

  it("needs langchain for the middleware", async () => {
    expect(await resolvedBy("@sotto/langchain/agents", how)).toContain("langchain");
  });
});
