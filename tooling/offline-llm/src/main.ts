#!/usr/bin/env node
import { parseArgs } from "node:util";
import { startOfflineLlm } from "./server.ts";

const HELP = `offline-llm: an OpenAI-compatible HTTP server that needs no key, no network and no model.
It is a stand-in: it answers by rule, quoting its context, and understands nothing.

Usage: offline-llm [options]
  --port <n>                   port to listen on (default 4010; 0 for any free port)
  --host <name>                address to listen on (default 127.0.0.1)
  --first-token-delay-ms <n>   wait before a reply's first token (default 0)
  --token-delay-ms <n>         wait before each further token (default 0)
  --json                       print one line of JSON, {"url", "baseURL"}, once it listens
  --help                       show this

Point an OpenAI client at it: OPENAI_BASE_URL=http://127.0.0.1:4010/v1 OPENAI_API_KEY=offline
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4010" },
      host: { type: "string", default: "127.0.0.1" },
      "first-token-delay-ms": { type: "string", default: "0" },
      "token-delay-ms": { type: "string", default: "0" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const server = await startOfflineLlm({
    port: integer("port", values.port, 65_535),
    host: values.host,
    firstTokenDelayMs: integer("first-token-delay-ms", values["first-token-delay-ms"], 600_000),
    tokenDelayMs: integer("token-delay-ms", values["token-delay-ms"], 600_000),
  });
  const { url, baseURL } = server;
  console.log(
    values.json ? JSON.stringify({ url, baseURL }) : `offline-llm (a stand-in, not a model) listens on ${baseURL}`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.close());
}

function integer(name: string, text: string, max: number): number {
  const value = Number(text);
  if (text !== "" && Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new Error(`--${name} must be an integer from 0 to ${max}, not "${text}".`);
}

main().catch((error: unknown) => {
  console.error(`offline-llm: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
