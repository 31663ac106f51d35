import { METHOD_NAMES, METHODS } from "@sotto/client/contract";
import type { Logger, Sotto } from "@sotto/core";
import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { type Access, answerError, readBody, serverErrors } from "./http/index.ts";
import { callMethod, checkBody, checkShape } from "./methods/index.ts";
import { openApi } from "./openapi/index.ts";
import { RUNTIME_ROUTES, type Runtime, type RuntimeRoute, runtimeError } from "./runtime/index.ts";

export interface AppParts {
  sotto: Sotto;
  runtime: Runtime;
  access: Access;
  logger: Logger;
  draining: () => boolean;
}

/** The routes: one for every row of the table of methods, those of the runtime, health, and the document of them all. */
export function createApp({ sotto, runtime, access, logger, draining }: AppParts): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
    if (draining()) c.header("connection", "close");
  });
  app.use(cors({ origin: (origin) => (access.allowsOrigin(origin) ? origin : null), allowMethods: ["GET", "POST"] }));

  app.get("/health", (c) => c.json({ status: draining() ? "draining" : "ok" }, draining() ? 503 : 200));
  let document: object | undefined;
  app.get("/v1/openapi.json", (c) => {
    document ??= openApi();
    return c.json(document);
  });

  for (const name of METHOD_NAMES) {
    const { path, role } = METHODS[name];
    app.post(path, async (c) => {
      access.check(c, role);
      const body = await readBody(c);
      checkBody(name, body);
      if (name === "export") return exportLines(sotto, body as { what: Parameters<Sotto["export"]>[0] });
      return c.json(await callMethod(sotto, name, body));
    });
    app.all(path, () => {
      throw serverErrors.methodNotAllowed("POST");
    });
  }

  for (const route of RUNTIME_ROUTES) {
    const method = route.body === undefined ? "GET" : "POST";
    app.on(method, route.path, (c) => callRuntime(c, route, { runtime, access, logger }));
    app.all(route.path, () => {
      throw serverErrors.methodNotAllowed(method);
    });
  }

  app.notFound((c) => answerError(c, serverErrors.notFound(), logger));
  app.onError((error, c) => answerError(c, error, logger));
  return app;
}

async function callRuntime(
  c: Context,
  { name, body: schema }: RuntimeRoute,
  { runtime, access, logger }: Pick<AppParts, "runtime" | "access" | "logger">,
): Promise<Response> {
  try {
    access.check(c, schema === undefined ? "read" : "write");
    const body = schema === undefined ? {} : await readBody(c);
    if (schema !== undefined) checkShape(schema, body);
    return c.json(await runtime.call(name, body));
  } catch (error) {
    return answerError(c, runtimeError(error, name), logger);
  }
}

/** Line by line as it is read: what is stored about a user need not fit into one string. */
async function exportLines(sotto: Sotto, { what }: { what: Parameters<Sotto["export"]>[0] }): Promise<Response> {
  const lines = sotto.export(what)[Symbol.asyncIterator]();
  // The first line before the status is sent, so that a refusal is an answer and not a broken stream.
  let next = await lines.next();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (next.done === true) return controller.close();
      controller.enqueue(encoder.encode(`${next.value}\n`));
      next = await lines.next();
    },
    async cancel() {
      await lines.return?.();
    },
  });
  return new Response(body, { headers: { "content-type": "application/x-ndjson" } });
}
