import { RecallFixture } from "../../test/memory/recall-fixture.ts";
import type { RecallOptions } from "../recall/recall-types.ts";
import {
  type SearchMemoryResult,
  type SearchMemoryTool,
  type SearchMemoryToolOptions,
  searchMemoryTool,
} from "./search-memory-tool.ts";

const scope = { user: "ada", session: "call" };

async function furnished(
  options?: SearchMemoryToolOptions,
): Promise<{ tool: SearchMemoryTool; asked: RecallOptions[] }> {
  const fixture = await RecallFixture.open();
  await fixture.say("user", "My parcel has not arrived.");
  await fixture.say("assistant", "I am sorry about your parcel.");
  await fixture.know("handbook", [
    {
      id: "late",
      text: "A parcel is late after ten days.",
      metadata: { title: "Late parcels" },
    },
  ]);
  await fixture.know("internal", [{ id: "secret", text: "The parcel policy is under review." }]);
  const asked: RecallOptions[] = [];
  const sotto = {
    searchMemory(query: string, given: RecallOptions) {
      asked.push(given);
      return fixture.recaller.searchMemory(query, given);
    },
  };
  return { tool: searchMemoryTool(sotto, scope, options), asked };
}

describe("searchMemory as a tool", () => {
  it("answers a model with the context and its sources, and the app with the trace", async () => {
    const { tool } = await furnished();
    expect(tool.lastTrace).toBeUndefined();
    const result = (await tool.handler({
      query: "when is a parcel late?",
    })) as SearchMemoryResult;
    expect(Object.keys(result)).toEqual(["contextText", "sources"]);
    expect(result.contextText).toContain("[handbook: Late parcels] A parcel is late after ten days.");
    expect(result.sources.map(({ id }) => id)).toContain("late");
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    expect(tool.lastTrace).toMatchObject({
      query: "when is a parcel late?",
      degraded: false,
    });
  });

  it("takes its arguments as JSON text too", async () => {
    const { tool } = await furnished();
    expect(await tool.handler('{"query":"parcel","intent":"track it","lanes":["org"]}')).toHaveProperty("contextText");
    expect(tool.lastTrace?.lanes).toMatchObject({
      working: { status: "skipped" },
      org: { status: "ok" },
    });
  });

  it("never lets the model choose the user, the session, the indexes or the limits", async () => {
    const { tool, asked } = await furnished({
      orgIndexes: ["handbook"],
      lanes: ["org"],
      topK: 2,
      timeoutMs: 90,
    });
    const result = await tool.handler({
      query: "parcel policy",
      user: "ben",
      session: "other",
      orgIndexes: ["internal"],
      topK: 50,
      timeoutMs: 1e6,
      filter: {},
    });
    expect(asked[0]).toEqual({
      lanes: ["org"],
      orgIndexes: ["handbook"],
      topK: 2,
      timeoutMs: 90,
      user: "ada",
      session: "call",
    });
    expect(JSON.stringify(result)).not.toContain("secret");
    expect(await tool.handler({ query: "parcel", lanes: ["working"] })).toEqual({
      error: {
        code: "argument.invalid",
        message: expect.stringContaining("some of org"),
        details: expect.anything(),
      },
    });
  });

  it.each([
    ["not JSON"],
    ["[]"],
    [null],
    [{}],
    [{ query: " " }],
    [{ query: 3 }],
    [{ query: "a", intent: 3 }],
    [{ query: "a", lanes: "org" }],
  ])("answers %p with an error in the form of the wire", async (args) => {
    const { tool } = await furnished();
    expect(await tool.handler(args)).toEqual({
      error: {
        code: "argument.invalid",
        message: expect.any(String),
        details: expect.any(Object),
      },
    });
  });

  it("answers with an error when recall refuses the call, and tells a model nothing of other failures", async () => {
    const { tool } = await furnished({ topK: 0 });
    expect(await tool.handler({ query: "parcel" })).toMatchObject({
      error: { code: "argument.invalid" },
    });
    const broken = searchMemoryTool({ searchMemory: () => Promise.reject(new Error("/secret/path")) }, scope);
    const answer = await broken.handler({ query: "parcel" });
    expect(answer).toMatchObject({ error: { code: "runtime.internal" } });
    expect(JSON.stringify(answer)).not.toContain("secret");
  });

  it("stops with the signal of its caller", async () => {
    const { tool } = await furnished();
    await tool.handler({ query: "parcel" }, { signal: AbortSignal.abort() });
    expect(tool.lastTrace?.lanes.org.status).toBe("aborted");
  });

  it("describes itself for a chat completion and for a list of handlers", async () => {
    const { tool } = await furnished({
      name: "recall",
      description: "Looks things up.",
      lanes: ["permanent", "org"],
    });
    const schema = tool.schema();
    expect(schema).toMatchObject({
      type: "object",
      required: ["query"],
      additionalProperties: false,
    });
    expect(Object.keys(schema.properties)).toEqual(["query", "intent", "lanes"]);
    expect(schema.properties.lanes.items.enum).toEqual(["permanent", "org"]);
    expect(tool.toOpenAIFunction()).toEqual({
      type: "function",
      function: {
        name: "recall",
        description: "Looks things up.",
        parameters: schema,
      },
    });
    const { name, schema: parameters, handler } = tool.toHandler();
    expect([name, parameters]).toEqual(["recall", schema]);
    expect(await handler({ query: "parcel" })).toHaveProperty("contextText");
    expect(tool.lastTrace?.query).toBe("parcel");
  });
});
