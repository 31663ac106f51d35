import { METHOD_NAMES, METHODS } from "@sotto/client/contract";
import { createServer } from "../src/index.ts";

interface Operation {
  operationId: string;
  requestBody: { content: Record<string, { schema: { type?: string; properties?: object } }> };
}

it("describes every call that there is, and its arguments, as OpenAPI 3.1", async () => {
  const { app, close } = createServer();
  const document = (await (await app.request("/v1/openapi.json")).json()) as {
    openapi: string;
    paths: Record<string, { post?: Operation }>;
  };
  expect(document.openapi).toBe("3.1.0");
  for (const name of METHOD_NAMES) {
    const operation = document.paths[METHODS[name].path]?.post;
    const schema = operation?.requestBody.content["application/json"]?.schema;
    expect(schema?.type).toBe("object");
    expect(Object.keys(schema?.properties ?? {})).toEqual([...METHODS[name].params]);
  }
  const ids = Object.values(document.paths).flatMap(({ post }) => (post === undefined ? [] : [post.operationId]));
  expect(new Set(ids).size).toBe(ids.length);
  expect(document.paths["/v1/runtime/search_memory"]?.post).toBeDefined();
  // Every reference within it leads somewhere.
  for (const [, ref] of JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)) expect(ref).toMatch(/^#\/\$defs\//);
  await close();
});
