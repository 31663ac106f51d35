import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { jest } from "@jest/globals";
import { startOfflineLlm } from "@sotto-internal/offline-llm";
import type { AnswerReport } from "../src/ask-once.ts";
import { ingestKnowledge, type KnowledgeBase } from "./knowledge-base.ts";
import { runApp, startApp } from "./run-app.ts";

const QUESTION = "How long can I return bought equipment?";
const RETURNS = "Equipment that was bought can be returned within 30 days of delivery";

jest.setTimeout(120_000);

let knowledge: KnowledgeBase;
beforeAll(() => {
  knowledge = ingestKnowledge();
});
afterAll(() => knowledge.remove());

const offline = (...args: string[]) => runApp(["--store", knowledge.store, "--offline", "--user", "ada", ...args]);

describe("one question", () => {
  it("has its answer on stdout, and what the tools did on stderr", async () => {
    const { code, stdout, stderr } = await offline("--ask", QUESTION);
    expect({ code, lines: stdout.split("\n").length }).toEqual({ code: 0, lines: 2 });
    expect(stdout).toContain(RETURNS);
    expect(stderr).toMatch(/^ {2}→ search_knowledge_base\(.*\)\n {2}← \d passages\n$/);
    expect(stdout + stderr).not.toContain("\x1b");
  });

  it("is answered as JSON, with tool calls and what was recalled", async () => {
    const { code, stdout, stderr } = await offline("--ask", QUESTION, "--json");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const report = JSON.parse(stdout) as AnswerReport;
    expect(report).toMatchObject({
      question: QUESTION,
      text: expect.stringContaining(RETURNS),
      interrupted: false,
      user: "ada",
      toolCalls: [{ name: "search_knowledge_base", arguments: { query: QUESTION } }],
      recalled: [{ by: "memory" }, { by: "search_knowledge_base", query: QUESTION, degraded: false }],
    });
    expect(report.recalled[1]?.sources).toContainEqual(
      expect.objectContaining({ lane: "org", index: "support", parentId: "returns.md", score: expect.any(Number) }),
    );
  });

  it("is remembered as a conversation", async () => {
    await offline("--ask", "My meter number is QF-902.");
    const { stdout } = await offline("--ask", "What is my meter number?", "--json");
    const report = JSON.parse(stdout) as AnswerReport;
    expect(report.text).toContain("QF-902");
    expect(report.recalled[0]?.sources.map(({ lane }) => lane)).toContain("permanent");
  });

  it("ends with 130 on Ctrl-C, and with what was shown until then", async () => {
    const server = await startOfflineLlm({ tokenDelayMs: 25 });
    server.respondWith(() => Array.from({ length: 400 }, (_, i) => `word${i}`).join(" "));
    const app = startApp(["--store", knowledge.store, "--user", "cleo", "--ask", "Count."], {
      OPENAI_BASE_URL: server.baseURL,
      OPENAI_API_KEY: "key",
    });
    await new Promise<void>((resolve) =>
      app.child.stdout?.on("data", () => app.stdout().includes("word3 ") && resolve()),
    );
    app.child.kill("SIGINT");
    const { code, stdout } = await app.result;
    expect(code).toBe(130);
    expect(stdout).not.toContain("word399");
    expect(server.requests.at(-1)).toMatchObject({ aborted: true });
    await server.close();
  });

  it("fails with 1 when the model does", async () => {
    const server = await startOfflineLlm({ apiKey: "right" });
    const { code, stdout, stderr } = await runApp(["--store", knowledge.store, "--ask", QUESTION], {
      OPENAI_BASE_URL: server.baseURL,
      OPENAI_API_KEY: "wrong",
    });
    await server.close();
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error: 401 .*\n$/);
  });
});

it("holds a conversation over pipes, without prompts", async () => {
  const input = `${QUESTION}\n\n/why\n/nonsense\n/quit\nnever asked\n`;
  const { code, stdout } = await runApp(["--store", knowledge.store, "--offline", "--user", "pia"], {}, input);
  expect(code).toBe(0);
  for (const wanted of ["Hello pia", RETURNS, "support/returns.md", "/help lists what there is.", "Goodbye."])
    expect(stdout).toContain(wanted);
  for (const unwanted of ["pia>", "\x1b", "never asked"]) expect(stdout).not.toContain(unwanted);
});

it("describes itself", async () => {
  const { code, stdout, stderr } = await runApp(["--help"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const name of [
    "--index",
    "--store",
    "--user",
    "--offline",
    "--ask",
    "--json",
    "OPENAI_BASE_URL",
    "SUPPORT_MODEL",
  ])
    expect(stdout).toContain(name);
});

describe("what is wrong with the call", () => {
  it.each<[string, string[], string]>([
    ["an unknown option", ["--ofline"], "Did you mean --offline?"],
    ["an argument too many", ["hello"], "too many arguments"],
    ["an empty user", ["--user", " "], "It must not be empty."],
    ["an empty question", ["--ask", ""], "It must not be empty."],
    ["an unknown consolidator", ["--consolidator", "gpt"], "Allowed choices are episodes, llm."],
    ["JSON of a conversation", ["--offline", "--json"], "name it with --ask"],
    [
      "no key",
      [],
      "OPENAI_API_KEY is not set. Set it (to any text, where the server of OPENAI_BASE_URL asks for none), or try --offline.",
    ],
    ["a misspelt index", ["--offline", "--index", "suport"], 'There is no index "suport". Did you mean support?'],
    ["an unknown index", ["--offline", "--index", "prices"], 'There is no index "prices". There are: support.'],
    [
      "a store that is not there",
      ["--offline", "--store", "none"],
      "There is no store in none. Make one with npm run ingest",
    ],
  ])("ends with 2 and a clear message: %s", async (_what, args, message) => {
    const { code, stdout, stderr } = await runApp(["--store", knowledge.store, ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe("a store that cannot be used", () => {
  it.each<[string, (path: string) => void, string]>([
    ["is a file", (path) => writeFileSync(path, "text"), "cannot be used"],
    [
      "is damaged",
      (path) => {
        cpSync(knowledge.store, path, { recursive: true });
        writeFileSync(join(path, "sotto.db"), "not a database, and longer than its header would be");
      },
      "is damaged",
    ],
  ])("ends with 1 and a clear message when it %s", async (what, make, message) => {
    const path = join(knowledge.store, "..", what.replaceAll(" ", "-"));
    make(path);
    const { code, stdout, stderr } = await runApp(["--store", path, "--offline", "--ask", QUESTION]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^error: The store .*\n$/);
    expect(stderr).toContain(message);
  });
});
