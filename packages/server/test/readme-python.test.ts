import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import { serve } from "./helpers/serve.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const python = /```python\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
const interpreter = ["/usr/bin/python3", "/usr/local/bin/python3"].find((path) => existsSync(path));

(interpreter === undefined ? it.skip : it)("lets the README's agent in Python have its call", async () => {
  const served = await serve();
  try {
    await served.inner.saveResponse({
      user: "ada",
      session: "before",
      userText: "My order number is 4471.",
      assistantText: "Noted.",
    });
    expect(python).toContain("http://127.0.0.1:7888");
    const code = python.replaceAll("http://127.0.0.1:7888", served.url);
    const { stdout } = await promisify(execFile)(interpreter ?? "", ["-c", code]);
    expect(stdout).toContain("4471");
    const session = await served.inner.session({ id: "call-1", user: "ada" });
    expect((await session.turns()).map(({ text }) => text)).toEqual(["It is 4471.", "Thank you."]);
    await session.close({ end: false });
  } finally {
    await served.close();
  }
});
