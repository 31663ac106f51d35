import { METHOD_NAMES, METHODS } from "@sotto/client/contract";
import { z } from "zod";
import { BODIES } from "../methods/index.ts";
import { RUNTIME_ROUTES } from "../runtime/index.ts";

const error = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message", "details"],
      properties: { code: { type: "string" }, message: { type: "string" }, details: { type: "object" } },
    },
  },
};
const failure = { description: "An error; its code says which.", content: { "application/json": { schema: error } } };

/** The OpenAPI 3.1 document, made from the tables that the routes are made from. */
export function openApi(): object {
  const paths: Record<string, object> = {};
  for (const name of METHOD_NAMES) {
    const { path, role, summary } = METHODS[name];
    const schema =
      name === "export" ? { "application/x-ndjson": {} } : { "application/json": { schema: { type: "object" } } };
    paths[path] = {
      post: operation(name.replace(".", "_"), `${summary} Takes a ${role} key.`, BODIES[name], schema),
    };
  }
  for (const { path, name, summary, body } of RUNTIME_ROUTES) {
    const answer = { "application/json": { schema: { type: "object" } } };
    paths[path] =
      body === undefined
        ? { get: { operationId: name, summary, responses: { 200: { description: "Done.", content: answer } } } }
        : { post: operation(name, summary, body, answer) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Sotto", version: "1", description: "Retrieval and memory for voice and chat agents." },
    components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
    security: [{ key: [] }, {}],
    paths,
  };
}

function operation(operationId: string, summary: string, body: z.ZodType, answer: object): object {
  const { $schema: _, ...schema } = z.toJSONSchema(body, { io: "input", reused: "inline" });
  return {
    operationId,
    summary,
    requestBody: { required: true, content: { "application/json": { schema } } },
    responses: { 200: { description: "Done.", content: answer }, default: failure },
  };
}
